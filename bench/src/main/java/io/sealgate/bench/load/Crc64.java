package io.sealgate.bench.load;

/**
 * CRC-64/XZ (ECMA-182, reflected), the checksum of {@code x-cos-hash-crc64ecma}. The plainest table form: it runs a few
 * times before the clock starts, and must not share a mistake with the gateway's fast kernels. Confined to one thread.
 */
final class Crc64 {
    private static final long REFLECTED_POLYNOMIAL = 0xC96C5795D7870F42L;
    private static final long[] TABLE = table();

    private long state = ~0L;

    void update(byte[] bytes, int offset, int length) {
        long crc = state;
        for (int i = offset; i < offset + length; i++) {
            crc = TABLE[(int) (crc ^ bytes[i]) & 0xFF] ^ (crc >>> 8);
        }
        state = crc;
    }

    long value() {
        return ~state;
    }

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REFLECTED_POLYNOMIAL;
            }
            table[i] = crc;
        }
        return table;
    }
}
