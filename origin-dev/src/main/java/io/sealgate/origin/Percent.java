package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/**
 * Percent-encoding as COS understands it: in the key and in a copy source a raw {@code +} is itself, in a query and in
 * the path that is signed it is a space.
 */
final class Percent {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    /**
     * Decodes a name; {@code +} is itself.
     *
     * @throws Refusal InvalidURI for a bad escape or bytes that are no UTF-8
     */
    static String decode(String encoded) {
        return decode(encoded, '+');
    }

    /**
     * Decodes a form; {@code +} is a space.
     *
     * @throws Refusal InvalidURI for a bad escape or bytes that are no UTF-8
     */
    static String decodeForm(String encoded) {
        return decode(encoded, ' ');
    }

    private static String decode(String encoded, char plus) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        // Netty hands bytes of the target on as Latin-1 characters; these are the bytes again.
        byte[] raw = encoded.getBytes(ISO_8859_1);
        for (int at = 0; at < raw.length; at++) {
            if (raw[at] == '+') {
                bytes.write(plus);
            } else if (raw[at] == '%') {
                bytes.write(octet(encoded, at));
                at += 2;
            } else {
                bytes.write(raw[at]);
            }
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(ErrorCode.INVALID_URI, "The URI does not decode to UTF-8.");
        }
    }

    /** Keeps letters, digits and {@code -_.~}; all else becomes upper-case {@code %XX} of its UTF-8 bytes. */
    static String encode(String text) {
        return encode(text.getBytes(UTF_8));
    }

    static String encode(byte[] bytes) {
        StringBuilder encoded = new StringBuilder(bytes.length + 16);
        for (byte each : bytes) {
            if (UNRESERVED.indexOf(each) >= 0) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(HEX.toHexDigits(each));
            }
        }
        return encoded.toString();
    }

    private static int octet(String encoded, int at) {
        if (at + 2 >= encoded.length()
                || !HexFormat.isHexDigit(encoded.charAt(at + 1))
                || !HexFormat.isHexDigit(encoded.charAt(at + 2))) {
            throw new Refusal(ErrorCode.INVALID_URI, "The URI has a malformed percent escape.");
        }
        return HexFormat.fromHexDigits(encoded, at + 1, at + 3);
    }
}
