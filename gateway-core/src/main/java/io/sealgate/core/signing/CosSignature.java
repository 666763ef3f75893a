package io.sealgate.core.signing;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Locale;

/**
 * The canonical request of a COS XML signature, "q-sign" (COS document 436/7778): what a {@link SigningKey} signs. Pure.
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
        StringBuilder text = new StringBuilder(256)
                .append(method.name().toLowerCase(Locale.ROOT))
                .append('\n')
                .append(path)
                .append('\n');
        parameters.appendTo(text);
        text.append('\n');
        headers.appendTo(text);
        return text.append('\n').toString();
    }
}
