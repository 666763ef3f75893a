package io.sealgate.integrity.crc64;

import io.netty.buffer.ByteBuf;

/** A way to compute CRC-64/XZ. Kernels differ in speed and in nothing else. Immutable; thread-safe. */
public interface Crc64Kernel {

    /** For configuration, logs and metrics: one of {@code java}, {@code isal}, {@code lzma}. */
    String name();

    /**
     * The checksum of what came before and of {@code chunk}, in this order.
     *
     * @param checksum of what came before; 0 if nothing did
     * @param chunk    any kind of buffer; borrows its readable bytes, copies none of them, and leaves its indices as they are
     */
    long update(long checksum, ByteBuf chunk);
}
