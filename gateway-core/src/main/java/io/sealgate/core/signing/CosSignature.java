package io.sealgate.core.signing;

import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The canonical request of a COS XML signature, "q-sign" (COS document 436/7778), and its digest: what a {@link SigningKey}
 * signs. Pure.
 */
final class CosSignature {

    static final String ALGORITHM = "sha1";

    private CosSignature() {}

    /**
     * The canonical request: four lines, each ended by a line feed.
     *
     * @param path decoded path with its leading slash
     */
    static String httpString(HttpMethod method, String path, SignedFields parameters, SignedFields headers) {
        StringBuilder text = new StringBuilder(512)
                .append(method.name().toLowerCase(Locale.ROOT))
                .append('\n')
                .append(path)
                .append('\n');
        parameters.appendTo(text);
        text.append('\n');
        headers.appendTo(text);
        return text.append('\n').toString();
    }

    static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(utf8(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("digest: SHA-1 missing (expected: in every JDK)", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
