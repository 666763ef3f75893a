package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.sealgate.core.request.ConnectionOptions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fields that belong to one connection and are never passed on (RFC 9110 §7.6.1): the fixed names, and those that {@code Connection}
 * nominates. What a message cannot do without is kept even if it is nominated: a peer must not be able to strip an ETag or a length.
 */
final class HopByHopHeaders {

    /** Their hashes are computed once: this runs twice for every exchange. */
    private static final List<AsciiString> NAMES = Stream.of(
                    "connection",
                    "proxy-connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings")
            .map(AsciiString::cached)
            .toList();

    private HopByHopHeaders() {}

    /** Removes them from {@code headers}, in place. */
    static void removeFrom(HttpHeaders headers) {
        for (String option : ConnectionOptions.of(headers)) {
            if (!ConnectionOptions.isEndToEnd(option)) {
                headers.remove(option);
            }
        }
        for (AsciiString name : NAMES) {
            headers.remove(name);
        }
    }
}
