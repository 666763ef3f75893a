package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyFraming;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a request body ends (RFC 9112 §6.3), or why that is not clear. */
final class Framing {

    /** No operation of COS has content here, and an origin may or may not read it. */
    private static final Set<HttpMethod> BODILESS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE, HttpMethod.OPTIONS);

    private Framing() {}

    /** Refuses whatever two readers could frame differently. */
    static GatewayError.@Nullable Rejected judge(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> lengths = FieldLines.of(headers, HttpHeaderNames.CONTENT_LENGTH);
        List<String> codings = FieldLines.of(headers, HttpHeaderNames.TRANSFER_ENCODING);
        if (lengths.size() > 1) {
            return Rejections.closing("Content-Length: sent " + lengths.size() + " times (expected: once)");
        }
        if (!lengths.isEmpty() && ContentLength.parse(lengths.get(0)).isEmpty()) {
            return Rejections.closing(
                    "Content-Length: " + Rejections.show(lengths.get(0)) + " (expected: digits without leading zeros)");
        }
        if (!codings.isEmpty()) {
            if (!lengths.isEmpty()) {
                return Rejections.closing("Content-Length and Transfer-Encoding: both (expected: one of them)");
            }
            if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
                return Rejections.closing("Transfer-Encoding: in HTTP/1.0 (expected: Content-Length)");
            }
            if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
                return Rejections.closing(
                        "Transfer-Encoding: " + Rejections.show(String.join(", ", codings)) + " (expected: chunked)");
            }
        }
        if (BODILESS.contains(request.method()) && !of(headers).isEmpty()) {
            return Rejections.closing("body: with " + request.method() + " (expected: none)");
        }
        return swallowedBytes(headers);
    }

    /** The codec reads eight bytes that no header announces after a head with these (the long dead hixie-76 handshake). */
    private static GatewayError.@Nullable Rejected swallowedBytes(HttpHeaders headers) {
        boolean isHixie = headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
                || headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY2);
        return isHixie ? Rejections.closing("Sec-WebSocket-Key1, Sec-WebSocket-Key2: sent (expected: neither)") : null;
    }

    /** The framing of a head that {@link #judge} let pass. */
    static BodyFraming of(HttpHeaders headers) {
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return new BodyFraming.Streamed();
        }
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? new BodyFraming.None() : new BodyFraming.Fixed(Long.parseLong(length));
    }
}
