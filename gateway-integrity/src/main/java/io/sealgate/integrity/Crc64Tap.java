package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import io.sealgate.integrity.crc64.Crc64Ecma;
import io.sealgate.integrity.crc64.Crc64Kernel;

/** Compares a download with the checksum that COS keeps of the object. Confined to the exchange's event loop. */
final class Crc64Tap implements BodyTap {

    static final String ALGORITHM = "crc64";

    private final long expected;
    private final Crc64Ecma checksum;

    /** @param expected what COS says, as an unsigned number */
    Crc64Tap(long expected, Crc64Kernel kernel) {
        this.expected = expected;
        this.checksum = new Crc64Ecma(kernel);
    }

    @Override
    public void update(ByteBuf chunk) {
        checksum.update(chunk);
    }

    @Override
    public TapResult finish() {
        String value = checksum.text();
        if (checksum.value() == expected) {
            return new TapResult.Matched(ALGORITHM, value);
        }
        String message =
                "CRC64 of the object received: " + value + " (expected: " + Long.toUnsignedString(expected) + ")";
        // The client did nothing wrong, and asking again may well succeed: the origin's answer was bad.
        return new TapResult.Mismatched(
                ALGORITHM, value, new GatewayError.Corrupted(CosErrorCode.BAD_GATEWAY, message));
    }
}
