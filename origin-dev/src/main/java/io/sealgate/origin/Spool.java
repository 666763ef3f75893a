package io.sealgate.origin;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to becoming an object: bytes go in, size and digests come out. Closing it deletes the file, unless
 * it was moved away by then. Confined to one thread at a time.
 */
final class Spool implements AutoCloseable {
    private static final int COPY_STEP = 1 << 18;

    private final Path file;
    private final FileChannel channel;
    private final Crc64 crc64 = new Crc64();
    private final @Nullable MessageDigest md5;
    private byte @Nullable [] digest;
    private long size;

    /** @param digesting whether an MD5 is wanted */
    Spool(Path file, boolean digesting) throws IOException {
        this.file = file;
        this.md5 = digesting ? Digests.md5() : null;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Borrows {@code bytes}. */
    void write(ByteBuf bytes) throws IOException {
        for (ByteBuffer part : bytes.nioBuffers()) {
            write(part);
        }
    }

    /** Copies {@code length} bytes of another file, from {@code offset}. */
    void copy(Path source, long offset, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(COPY_STEP);
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
            for (long at = offset; at < offset + length; ) {
                buffer.clear().limit((int) Math.min(COPY_STEP, offset + length - at));
                int read = in.read(buffer, at);
                if (read < 0) {
                    throw new IOException("source file: ends at " + at + " (expected: " + (offset + length) + ")");
                }
                at += read;
                write(buffer.flip());
            }
        }
    }

    /** A finished copy of this one, which is finished too, with the byte at {@code offset} inverted. */
    Spool invertedAt(long offset) throws IOException {
        Spool other = new Spool(file.resolveSibling(file.getFileName() + "-inverted"), md5 != null);
        ByteBuffer inverted = ByteBuffer.allocate(1);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            in.read(inverted, offset);
        }
        other.copy(file, 0, offset);
        other.write(inverted.put(0, (byte) ~inverted.get(0)).flip());
        other.copy(file, offset + 1, size - offset - 1);
        other.finish();
        return other;
    }

    private void write(ByteBuffer part) throws IOException {
        crc64.update(part);
        if (md5 != null) {
            md5.update(part.duplicate());
        }
        size += part.remaining();
        while (part.hasRemaining()) {
            channel.write(part);
        }
    }

    /** No more bytes: flushes them to the file. */
    void finish() throws IOException {
        channel.close();
        digest = md5 == null ? null : md5.digest();
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    long crc64() {
        return crc64.value();
    }

    /** After {@link #finish}; null if none was wanted. */
    byte @Nullable [] md5() {
        return digest;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
