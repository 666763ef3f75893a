package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.model.ByteSize;

/**
 * Throws away the rest of an upload whose answer is already known. Clients send a whole body before they look for an answer:
 * closing on them turns a clear 403 into a connection reset and three more attempts (RFC 9112 §9.6). Confined to the exchange's
 * event loop.
 */
final class UploadDrain {

    private final ByteSize limit;
    private long discarded;

    UploadDrain(ByteSize limit) {
        this.limit = limit;
    }

    /** Throws {@code chunk} away. Takes it. Returns true once enough is enough. */
    boolean discard(HttpContent chunk) {
        discarded += chunk.content().readableBytes();
        boolean ended = chunk instanceof LastHttpContent;
        chunk.release();
        return !ended && discarded > limit.bytes();
    }
}
