package io.sealgate.integrity.crc64;

/** CRC-64/XZ as it is defined, with neither tables nor lanes. */
final class Definition {

    private Definition() {}

    static long checksum(byte[] bytes) {
        long register = -1;
        for (byte b : bytes) {
            register ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                register = (register & 1) == 0 ? register >>> 1 : (register >>> 1) ^ 0xC96C5795D7870F42L;
            }
        }
        return ~register;
    }
}
