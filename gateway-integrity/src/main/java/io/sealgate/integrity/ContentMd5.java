package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.spi.BodyDigest;

/** MD5 as {@code Content-MD5} has it (RFC 1864). Confined to the exchange's event loop. */
final class ContentMd5 implements BodyDigest {

    private final RunningDigest digest = RunningDigest.of("MD5");

    @Override
    public void update(ByteBuf chunk) {
        digest.update(chunk);
    }

    @Override
    public String value() {
        return ChecksumHeaders.base64(bytes());
    }

    /** The 16 bytes behind {@link #value()}. Call one of the two, once. */
    byte[] bytes() {
        return digest.finish();
    }
}
