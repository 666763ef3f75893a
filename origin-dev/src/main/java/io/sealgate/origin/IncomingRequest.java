package io.sealgate.origin;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * A request's head and what HTTP itself says about the exchange.
 *
 * @param keepAlive whether the connection may live on afterwards
 * @param keepsAliveByDefault false for HTTP/1.0, where living on has to be said
 * @param malformed whether the codec gave up on it
 */
record IncomingRequest(
        RequestHead head, boolean keepAlive, boolean keepsAliveByDefault, boolean expectsContinue, boolean malformed) {
    static IncomingRequest of(HttpRequest request, long connection, int position) {
        Headers headers = new Headers(request.headers().entries());
        boolean malformed = request.decoderResult().isFailure();
        return new IncomingRequest(
                new RequestHead(connection, position, request.method().name(), request.uri(), headers),
                !malformed && HttpUtil.isKeepAlive(request),
                request.protocolVersion().equals(HttpVersion.HTTP_1_1),
                HttpUtil.is100ContinueExpected(request),
                malformed);
    }

    boolean takesChunks() {
        return keepsAliveByDefault && !head.method().equals("HEAD");
    }

    /** The answer without its bytes, if the request is a HEAD. */
    Answer withhold(Answer answer) {
        if (!head.method().equals("HEAD")) {
            return answer;
        }
        answer.close();
        return answer.withBody(new Answer.Body.Withheld(answer.body().length()));
    }
}
