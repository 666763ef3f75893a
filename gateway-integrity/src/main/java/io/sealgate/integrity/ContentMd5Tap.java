package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.security.MessageDigest;

/** Compares an upload with the {@code Content-MD5} that its head promised (RFC 1864). Confined to the exchange's event loop. */
final class ContentMd5Tap implements BodyTap {

    static final String ALGORITHM = "md5";

    private final byte[] expected;
    private final ContentMd5 digest = new ContentMd5();

    /** @param expected the 16 bytes promised; not modified after this */
    ContentMd5Tap(byte[] expected) {
        this.expected = expected;
    }

    @Override
    public void update(ByteBuf chunk) {
        digest.update(chunk);
    }

    @Override
    public TapResult finish() {
        byte[] actual = digest.bytes();
        String value = ChecksumHeaders.base64(actual);
        if (MessageDigest.isEqual(actual, expected)) {
            return new TapResult.Matched(ALGORITHM, value);
        }
        String message =
                "Content-MD5: " + ChecksumHeaders.base64(expected) + " (expected: " + value + ", of the body received)";
        return new TapResult.Mismatched(ALGORITHM, value, new GatewayError.Corrupted(CosErrorCode.BAD_DIGEST, message));
    }
}
