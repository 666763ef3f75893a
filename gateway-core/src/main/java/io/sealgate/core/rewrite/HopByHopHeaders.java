package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.request.ConnectionOptions;
import java.util.List;

/**
 * Fields that belong to one connection and are never passed on (RFC 9110 §7.6.1): the fixed names, and those that {@code Connection}
 * nominates. What a message cannot do without is kept even if it is nominated: a peer must not be able to strip an ETag or a length.
 */
final class HopByHopHeaders {

    private static final List<String> NAMES = List.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private HopByHopHeaders() {}

    /** Removes them from {@code headers}, in place. */
    static void removeFrom(HttpHeaders headers) {
        for (String option : ConnectionOptions.of(headers)) {
            if (!ConnectionOptions.isEndToEnd(option)) {
                headers.remove(option);
            }
        }
        NAMES.forEach(headers::remove);
    }
}
