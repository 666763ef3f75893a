package io.sealgate.core.spi;

import io.netty.buffer.ByteBuf;

/**
 * Watches the bytes of one body without keeping them. The pump that feeds it withholds at least the body's last byte until
 * {@link #finish()} has passed judgement. Confined to the exchange's event loop; one tap serves one body.
 */
public interface BodyTap {

    /** Sees the next bytes, in order. Borrows {@code chunk}; its indices stay as they are. */
    void update(ByteBuf chunk);

    /** Judges the whole body: called once, after its last byte was seen and before that byte is released. */
    TapResult finish();

    /** Whether {@link #finish()} may find the body wanting; otherwise nothing is gained by waiting for it. */
    default boolean judges() {
        return true;
    }
}
