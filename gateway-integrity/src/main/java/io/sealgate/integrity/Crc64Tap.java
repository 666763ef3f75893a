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

    private final String said;
    private final long expected;
    private final Crc64Ecma checksum;

    /**
     * @param said     what COS says
     * @param expected the same as an unsigned number
     */
    Crc64Tap(String said, long expected, Crc64Kernel kernel) {
        this.said = said;
        this.expected = expected;
        this.checksum = new Crc64Ecma(kernel);
    }

    @Override
    public void update(ByteBuf chunk) {
        checksum.update(chunk);
    }

    @Override
    public TapResult finish() {
        if (checksum.value() == expected) {
            return new TapResult.Matched(
                    ALGORITHM, said); // there is one spelling only, and spelling it anew costs more
        }
        String value = checksum.text();
        String message = "CRC64 of the object received: " + value + " (expected: " + said + ")";
        // The client did nothing wrong, and asking again may well succeed: the origin's answer was bad.
        return new TapResult.Mismatched(
                ALGORITHM, value, new GatewayError.Corrupted(CosErrorCode.BAD_GATEWAY, message));
    }
}
