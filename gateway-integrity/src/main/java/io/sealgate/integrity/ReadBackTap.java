package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import io.sealgate.integrity.crc64.Crc64Ecma;
import io.sealgate.integrity.crc64.Crc64Kernel;

/** Compares what the origin has stored with what it was sent, byte for byte. Confined to the exchange's event loop. */
final class ReadBackTap implements BodyTap {

    private final Crc64Ecma checksum;
    private final long sent;
    private final TapResult.Mismatched otherwise;

    /**
     * @param sent      checksum of what was sent
     * @param otherwise the verdict if that is not what is stored
     */
    ReadBackTap(Crc64Kernel kernel, long sent, TapResult.Mismatched otherwise) {
        checksum = new Crc64Ecma(kernel);
        this.sent = sent;
        this.otherwise = otherwise;
    }

    @Override
    public void update(ByteBuf chunk) {
        checksum.update(chunk);
    }

    @Override
    public TapResult finish() {
        return checksum.value() == sent ? new TapResult.Matched(Crc64Tap.ALGORITHM, checksum.text()) : otherwise;
    }
}
