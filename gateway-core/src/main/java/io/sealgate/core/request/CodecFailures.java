package io.sealgate.core.request;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import org.jspecify.annotations.Nullable;

/** Says in the gateway's words why the codec gave up on a head. It discards what follows, so the connection always closes. */
final class CodecFailures {

    private CodecFailures() {}

    static GatewayError.@Nullable Rejected rejection(DecoderResult result) {
        if (result.isSuccess()) {
            return null;
        }
        Throwable cause = result.cause();
        if (cause instanceof TooLongHttpHeaderException) {
            return new GatewayError.Rejected(CosErrorCode.HEADER_TOO_LARGE, "header section: too large", true);
        }
        if (cause instanceof TooLongHttpLineException) {
            return new GatewayError.Rejected(CosErrorCode.INVALID_URI, "request line: too long", true);
        }
        // the codec's own message may quote arbitrary bytes
        return Rejections.closing("request head: not HTTP/1.1 (expected: RFC 9112)");
    }
}
