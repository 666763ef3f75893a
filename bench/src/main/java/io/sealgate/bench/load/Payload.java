package io.sealgate.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * An object of any length made of one mebibyte of seeded random bytes, repeated: nothing on the way can compress it, and
 * client and origin agree on every byte without sharing a gigabyte. Immutable; safe for all threads.
 */
public final class Payload {
    private static final int BLOCK = 1 << 20;
    private static final long SEED = 20260101;

    private final byte[] block = new byte[BLOCK];
    private final ByteBuffer direct = ByteBuffer.allocateDirect(BLOCK);
    private final long length;

    public Payload(long length) {
        if (length < 1) {
            throw new IllegalArgumentException("payload length: " + length + " (expected: >= 1)");
        }
        this.length = length;
        new Random(SEED).nextBytes(block);
        direct.put(block);
    }

    public long length() {
        return length;
    }

    /** Returns owned: up to {@code most} bytes from {@code offset} on, fewer where the block or the object ends. */
    public ByteBuf chunk(long offset, int most) {
        int start = (int) (offset % BLOCK);
        int size = (int) Math.min(Math.min(most, BLOCK - start), length - offset);
        return Unpooled.wrappedBuffer(direct.slice(start, size));
    }

    public void writeTo(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            forEachBlock((bytes, size) -> out.write(bytes, 0, size));
        }
    }

    <E extends Exception> void forEachBlock(BlockSink<E> sink) throws E {
        for (long left = length; left > 0; left -= BLOCK) {
            sink.accept(block, (int) Math.min(left, BLOCK));
        }
    }

    interface BlockSink<E extends Exception> {
        /** Borrows the array for the call; only its first {@code size} bytes belong to the object. */
        void accept(byte[] bytes, int size) throws E;
    }
}
