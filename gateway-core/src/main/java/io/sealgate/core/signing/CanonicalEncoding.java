package io.sealgate.core.signing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;

/** How q-sign writes names and values (COS document 436/7778), and how it reads the target that a client sent. Pure. */
final class CanonicalEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final BitSet UNRESERVED = unreserved();

    private CanonicalEncoding() {}

    /** Percent-encodes the UTF-8 form of {@code text}. */
    static String encode(String text) {
        return encode(text, StandardCharsets.UTF_8);
    }

    /** Percent-encodes the bytes that {@code text} is in {@code charset}, all but the unreserved characters of RFC 3986 §2.3. */
    static String encode(String text, Charset charset) {
        return isUnreserved(text) ? text : encode(text.getBytes(charset));
    }

    private static boolean isUnreserved(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!UNRESERVED.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            if (UNRESERVED.get(b & 0xFF)) {
                text.append((char) b);
            } else {
                HEX.toHexDigits(text.append('%'), b);
            }
        }
        return text.toString();
    }

    /**
     * Decodes as COS does before it computes a signature: {@code %XX} is a byte and a raw {@code +} is a space, in the path as
     * well as in the query. Empty if an escape is cut short or the bytes are not UTF-8.
     */
    static Optional<String> decode(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length() || !isHex(raw, i + 1) || !isHex(raw, i + 2)) {
                    return Optional.empty();
                }
                bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else if (c > 0xFF) {
                return Optional.empty(); // the target is bytes off the wire: such a character was never on it
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isHex(String raw, int index) {
        return HexFormat.isHexDigit(raw.charAt(index));
    }

    private static BitSet unreserved() {
        BitSet set = new BitSet(256);
        set.set('A', 'Z' + 1);
        set.set('a', 'z' + 1);
        set.set('0', '9' + 1);
        "-_.~".chars().forEach(set::set);
        return set;
    }
}
