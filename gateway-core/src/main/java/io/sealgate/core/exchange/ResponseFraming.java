package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.sealgate.core.model.BodyFraming;

/** How long a response body is (RFC 9112 §6.3, the response's half). The codec has already refused malformed lengths. */
final class ResponseFraming {

    private ResponseFraming() {}

    static BodyFraming of(HttpMethod requestMethod, HttpResponse response) {
        int status = response.status().code();
        if (requestMethod.equals(HttpMethod.HEAD)
                || status == HttpResponseStatus.NO_CONTENT.code()
                || status == HttpResponseStatus.NOT_MODIFIED.code()) {
            return new BodyFraming.None();
        }
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? new BodyFraming.Streamed() : new BodyFraming.Fixed(Long.parseLong(length));
    }
}
