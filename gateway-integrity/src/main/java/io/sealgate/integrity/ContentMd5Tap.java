package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Compares an upload with the {@code Content-MD5} that its head promised (RFC 1864). Confined to the exchange's event loop. */
final class ContentMd5Tap implements BodyTap {

    static final String ALGORITHM = "md5";

    private final byte[] expected;
    private final MessageDigest digest;

    /** @param expected the 16 bytes promised; not modified after this */
    ContentMd5Tap(byte[] expected) {
        this.expected = expected;
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest: MD5 missing (expected: in every JDK)", e);
        }
    }

    @Override
    public void update(ByteBuf chunk) {
        if (chunk.nioBufferCount() == 1) {
            digest.update(chunk.nioBuffer());
            return;
        }
        for (ByteBuffer part : chunk.nioBuffers()) {
            digest.update(part);
        }
    }

    @Override
    public TapResult finish() {
        byte[] actual = digest.digest();
        String value = ChecksumHeaders.base64(actual);
        if (MessageDigest.isEqual(actual, expected)) {
            return new TapResult.Matched(ALGORITHM, value);
        }
        String message =
                "Content-MD5: " + ChecksumHeaders.base64(expected) + " (expected: " + value + ", of the body received)";
        return new TapResult.Mismatched(ALGORITHM, value, new GatewayError.Corrupted(CosErrorCode.BAD_DIGEST, message));
    }
}
