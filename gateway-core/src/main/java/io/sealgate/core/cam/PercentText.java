package io.sealgate.core.cam;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Percent-encoded text (RFC 3986 §2.1), read strictly: what two readers could decode differently is no such text. */
final class PercentText {

    /** No raw plus sign, which is a space to some readers. */
    private static final Pattern FORM = Pattern.compile("(?:[\\x20-\\x7E&&[^%+]]|%[0-9A-Fa-f]{2})*");

    private PercentText() {}

    /** The decoded text; {@code null} if {@code encoded} is malformed or its octets are not UTF-8. */
    static @Nullable String decode(String encoded) {
        if (!FORM.matcher(encoded).matches()) {
            return null;
        }
        byte[] octets = URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
