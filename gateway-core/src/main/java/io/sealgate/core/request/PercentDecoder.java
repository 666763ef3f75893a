package io.sealgate.core.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes percent-encoded UTF-8 once. A raw {@code +} is itself in a path, and a space in a query. Decision 0004 says
 * why, and what is done where a reader behind the gateway may take it otherwise.
 */
final class PercentDecoder {

    /** Stands for itself. */
    private static final Alphabet VERBATIM = Alphabet.of(c -> c < 0x80 && c != '%' && c != '+');

    /** What a raw {@code +} stands for. */
    enum Plus {
        LITERAL,
        SPACE
    }

    private PercentDecoder() {}

    /** The decoded text, or {@code null} if an escape is incomplete or the bytes are not UTF-8. */
    static @Nullable String decode(String raw, Plus plus) {
        if (VERBATIM.spells(raw)) {
            return raw;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int octet = octet(raw, i);
                if (octet < 0) {
                    return null;
                }
                bytes.write(octet);
                i += 2;
            } else if (c >= 0x80) {
                return null;
            } else {
                bytes.write(c == '+' && plus == Plus.SPACE ? ' ' : c);
            }
        }
        return strictUtf8(bytes.toByteArray());
    }

    /**
     * Text of UTF-8 bytes, or {@code null} if they are anything else: no replacement characters, no overlong forms.
     */
    static @Nullable String strictUtf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static int octet(String raw, int percent) {
        return isEscape(raw, percent) ? HexFormat.fromHexDigits(raw, percent + 1, percent + 3) : -1;
    }

    /**
     * Whether the {@code %} at {@code percent} has two hexadecimal digits behind it: those of ASCII (RFC 3986 §2.1),
     * which are all that the reader behind the gateway knows.
     */
    static boolean isEscape(String raw, int percent) {
        return percent + 2 < raw.length()
                && HexFormat.isHexDigit(raw.charAt(percent + 1))
                && HexFormat.isHexDigit(raw.charAt(percent + 2));
    }
}
