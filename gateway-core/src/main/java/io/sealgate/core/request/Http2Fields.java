package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.GatewayError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP/2 head must not carry (RFC 9113 §8.2.2 and §8.3.1) and may still carry after Netty's conversion, which puts {@code :scheme}
 * into {@code x-http2-scheme}. {@code :authority} against {@code Host} is compared by the conversion itself.
 */
final class Http2Fields {

    private static final String SCHEME = "x-http2-scheme";
    private static final List<String> CONNECTION_SPECIFIC =
            List.of("connection", "proxy-connection", "keep-alive", "upgrade", "http2-settings");

    private Http2Fields() {}

    static GatewayError.@Nullable Rejected judge(HttpHeaders headers, String expectedScheme) {
        for (String name : CONNECTION_SPECIFIC) {
            if (headers.contains(name)) {
                return Rejections.closing(name + ": in HTTP/2 (expected: absent)");
            }
        }
        for (String value : headers.getAll("te")) {
            if (!value.equalsIgnoreCase("trailers")) {
                return Rejections.closing("te: " + Rejections.show(value) + " (expected: trailers)");
            }
        }
        List<String> schemes = headers.getAll(SCHEME);
        if (schemes.size() != 1 || !schemes.get(0).equals(expectedScheme)) {
            return Rejections.closing(
                    ":scheme: " + Rejections.show(String.join(", ", schemes)) + " (expected: " + expectedScheme + ")");
        }
        return null;
    }
}
