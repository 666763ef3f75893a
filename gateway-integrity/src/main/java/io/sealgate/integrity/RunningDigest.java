package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Checksum;

/** A checksum or digest under way. Mutable; confined to the body that it sums up. */
interface RunningDigest {

    /** Takes in the remaining bytes of {@code bytes}, and may move its position. */
    void update(ByteBuffer bytes);

    /** Takes in the readable bytes of {@code chunk}, which it borrows; the indices stay as they are. */
    default void update(ByteBuf chunk) {
        if (chunk.nioBufferCount() == 1) {
            update(chunk.nioBuffer());
            return;
        }
        for (ByteBuffer part : chunk.nioBuffers()) {
            update(part);
        }
    }

    /** The value as it is written: big-endian. Called once, after the last byte. */
    byte[] finish();

    /**
     * A checksum of the JDK's kind.
     *
     * @param bytes how many of the value's low bytes count
     */
    static RunningDigest of(Checksum checksum, int bytes) {
        return new RunningDigest() {
            @Override
            public void update(ByteBuffer more) {
                checksum.update(more);
            }

            @Override
            public byte[] finish() {
                ByteBuffer value = ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.BIG_ENDIAN)
                        .putLong(checksum.getValue());
                byte[] low = new byte[bytes];
                value.position(Long.BYTES - bytes).get(low);
                return low;
            }
        };
    }

    /** One of the digests that every JDK has. */
    static RunningDigest of(String algorithm) {
        MessageDigest digest = jdk(algorithm);
        return new RunningDigest() {
            @Override
            public void update(ByteBuffer more) {
                digest.update(more);
            }

            @Override
            public byte[] finish() {
                return digest.digest();
            }
        };
    }

    private static MessageDigest jdk(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("digest: " + algorithm + " missing (expected: in every JDK)", e);
        }
    }
}
