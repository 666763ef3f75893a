package io.sealgate.integrity.crc64;

import io.netty.buffer.ByteBuf;

/**
 * The checksum behind {@code x-cos-hash-crc64ecma}: CRC-64/XZ, that is ECMA-182's polynomial, reflected, complemented at both
 * ends (COS document 436/43320). Mutable; confined to the body that it sums up.
 */
public final class Crc64Ecma {

    private final Crc64Kernel kernel;
    private long value;

    /** With the kernel that is always there. */
    public Crc64Ecma() {
        this(new JavaCrc64());
    }

    public Crc64Ecma(Crc64Kernel kernel) {
        this.kernel = kernel;
    }

    /** Takes in the readable bytes of {@code chunk}, which it borrows; the indices stay as they are. */
    public void update(ByteBuf chunk) {
        value = kernel.update(value, chunk);
    }

    /** The checksum so far, to be read as unsigned. */
    public long value() {
        return value;
    }

    /** The checksum so far as COS writes it: unsigned decimal. */
    public String text() {
        return Long.toUnsignedString(value);
    }
}
