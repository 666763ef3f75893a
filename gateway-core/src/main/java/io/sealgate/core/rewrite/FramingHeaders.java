package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.BodyFraming;

/** Writes a body's framing in its one spelling; how the client spelled it never reaches the origin. */
final class FramingHeaders {

    private FramingHeaders() {}

    static void set(HttpHeaders headers, BodyFraming framing) {
        headers.remove(HttpHeaderNames.CONTENT_LENGTH);
        headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
        if (framing instanceof BodyFraming.Fixed fixed) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(fixed.bytes()));
        } else if (framing instanceof BodyFraming.Streamed) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }
}
