package io.sealgate.integrity.crc64;

/**
 * Puts checksums of adjacent pieces together, as a client does with the parts of a download: the first one is multiplied by
 * x to the power of the bits that follow it, modulo the polynomial. Pure.
 */
public final class Crc64Combine {

    /** x⁰ and x⁸, reflected: the highest bit is the lowest power. */
    private static final long ONE = 1L << 63;

    private static final long ONE_BYTE = ONE >>> 8;

    private Crc64Combine() {}

    /**
     * The checksum of A followed by B.
     *
     * @param first       checksum of A
     * @param second      checksum of B
     * @param secondBytes length of B
     */
    public static long combine(long first, long second, long secondBytes) {
        if (secondBytes < 0) {
            throw new IllegalArgumentException("length: " + secondBytes + " (expected: >= 0)");
        }
        return multiply(first, power(ONE_BYTE, secondBytes)) ^ second;
    }

    /** By squaring: as many steps as {@code exponent} has bits. */
    private static long power(long base, long exponent) {
        long result = ONE;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private static long multiply(long a, long b) {
        long product = 0;
        long shifted = b;
        for (long bit = ONE; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : JavaCrc64.POLYNOMIAL);
        }
        return product;
    }
}
