package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import io.sealgate.integrity.UncheckedTap.Reason;
import io.sealgate.integrity.crc64.Crc64Ecma;
import io.sealgate.integrity.crc64.Crc64Kernel;

/**
 * Sums up what the origin is sent, to be compared with what it says it has stored; until then there is no verdict. Confined to the
 * exchange's event loop.
 */
final class SentCrc64Tap implements BodyTap {

    private final Crc64Ecma checksum;

    SentCrc64Tap(Crc64Kernel kernel) {
        checksum = new Crc64Ecma(kernel);
    }

    @Override
    public void update(ByteBuf chunk) {
        checksum.update(chunk);
    }

    @Override
    public TapResult finish() {
        return new TapResult.NotChecked(Crc64Tap.ALGORITHM, checksum.text(), Reason.UNANSWERED.label());
    }

    @Override
    public boolean judges() {
        return false;
    }
}
