package io.sealgate.integrity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * The checksum behind {@code x-amz-checksum-crc64nvme}: the NVM Express polynomial, reflected, complemented at both ends (NVM Command Set
 * Specification 1.0, §5.2.1.3.4). Slicing by eight. Mutable; confined to the body that it sums up.
 */
final class Crc64Nvme implements Checksum {

    /** x⁰ is the highest bit: the reflected form. */
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final int WORD = Long.BYTES;
    private static final int BYTE_VALUES = 256;
    private static final long[][] TABLES = tables();

    private long register = -1;

    @Override
    public void update(int value) {
        register = TABLES[0][(int) (register ^ value) & 0xFF] ^ (register >>> Byte.SIZE);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        update(ByteBuffer.wrap(bytes, offset, length));
    }

    /** Takes in the remaining bytes, and advances the position to the limit. */
    @Override
    public void update(ByteBuffer bytes) {
        ByteBuffer words = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        while (words.remaining() >= WORD) {
            register = shift(register ^ words.getLong());
        }
        while (words.hasRemaining()) {
            update(words.get());
        }
        bytes.position(bytes.limit());
    }

    /** The checksum so far, to be read as unsigned. */
    @Override
    public long getValue() {
        return ~register;
    }

    @Override
    public void reset() {
        register = -1;
    }

    private static long shift(long word) {
        return TABLES[7][(int) word & 0xFF]
                ^ TABLES[6][(int) (word >>> 8) & 0xFF]
                ^ TABLES[5][(int) (word >>> 16) & 0xFF]
                ^ TABLES[4][(int) (word >>> 24) & 0xFF]
                ^ TABLES[3][(int) (word >>> 32) & 0xFF]
                ^ TABLES[2][(int) (word >>> 40) & 0xFF]
                ^ TABLES[1][(int) (word >>> 48) & 0xFF]
                ^ TABLES[0][(int) (word >>> 56)];
    }

    /** Row {@code k} says what becomes of a byte that {@code k} zero bytes follow. */
    private static long[][] tables() {
        long[][] tables = new long[WORD][BYTE_VALUES];
        for (int value = 0; value < BYTE_VALUES; value++) {
            long crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][value] = crc;
        }
        for (int row = 1; row < WORD; row++) {
            for (int value = 0; value < BYTE_VALUES; value++) {
                long crc = tables[row - 1][value];
                tables[row][value] = tables[0][(int) crc & 0xFF] ^ (crc >>> Byte.SIZE);
            }
        }
        return tables;
    }
}
