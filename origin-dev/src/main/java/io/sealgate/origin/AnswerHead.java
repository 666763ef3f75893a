package io.sealgate.origin;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Answers' heads in Netty's terms, with what COS puts on every one of them. */
final class AnswerHead {
    private AnswerHead() {}

    static HttpResponse of(Answer answer, RequestIds ids, Instant now, boolean chunked) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        head.headers().set("Server", "tencent-cos");
        head.headers().set("Date", HttpDates.format(now));
        head.headers().set("x-cos-request-id", ids.requestId());
        for (Map.Entry<String, String> line : answer.headers().lines()) {
            head.headers().add(line.getKey(), onTheWire(line.getValue()));
        }
        if (chunked) {
            head.headers().set("Transfer-Encoding", HttpHeaderValues.CHUNKED);
        } else if (answer.status() != 204 && answer.status() != 304) {
            head.headers().set("Content-Length", answer.body().length());
        }
        return head;
    }

    static FullHttpResponse interim(int status) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
    }

    /** Netty writes a header's characters as Latin-1; what came as such goes as such, the rest as UTF-8. */
    private static String onTheWire(String value) {
        return StandardCharsets.ISO_8859_1.newEncoder().canEncode(value)
                ? value
                : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
