package io.sealgate.core.planning;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a head says about the bytes of a control document. The gateway reads them as they are, in UTF-8. An origin that
 * follows {@code charset} (RFC 7303 §3) or {@code Content-Encoding} would read another document, with other keys.
 */
final class DocumentCoding {

    private static final String CHARSET = "charset";

    /** Of lower-case text: the only quotation marks are those around the name. */
    private static final Pattern UTF_8 =
            Pattern.compile("[^\"]*;[ \\t]*charset=(?:utf-?8|\"utf-?8\")[ \\t]*(?:;[^\"]*)?");

    private DocumentCoding() {}

    /** Why the document may not be read as plain UTF-8, or {@code null} if it may. */
    static GatewayError.@Nullable Rejected judge(HttpHeaders headers) {
        if (!headers.getAll(HttpHeaderNames.CONTENT_TYPE).stream().allMatch(DocumentCoding::isUtf8)) {
            return rejected("Content-Type: charset (expected: none or UTF-8)");
        }
        return headers.getAll(HttpHeaderNames.CONTENT_ENCODING).stream().allMatch(DocumentCoding::isPlain)
                ? null
                : rejected("Content-Encoding: with a document (expected: none)");
    }

    private static boolean isUtf8(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        int first = type.indexOf(CHARSET);
        return first < 0
                || (first == type.lastIndexOf(CHARSET) && UTF_8.matcher(type).matches());
    }

    private static boolean isPlain(String coding) {
        return coding.isEmpty() || coding.equalsIgnoreCase("identity");
    }

    private static GatewayError.Rejected rejected(String message) {
        return new GatewayError.Rejected(CosErrorCode.INVALID_ARGUMENT, message);
    }
}
