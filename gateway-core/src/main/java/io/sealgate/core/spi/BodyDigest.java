package io.sealgate.core.spi;

import io.netty.buffer.ByteBuf;

/** Sums up a body that is about to be announced with its digest. Confined to the exchange's event loop. */
public interface BodyDigest {

    /** Sees the next bytes, in order. Borrows {@code chunk}; its indices stay as they are. */
    void update(ByteBuf chunk);

    /** The header's value for all that was seen. Called once. */
    String value();
}
