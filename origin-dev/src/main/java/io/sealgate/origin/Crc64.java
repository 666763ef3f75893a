package io.sealgate.origin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * CRC-64/XZ: ECMA-182's polynomial, reflected, all ones in and out. COS writes it as unsigned decimal in
 * {@code x-cos-hash-crc64ecma}. Eight bytes a step by eight tables. Confined to one thread at a time.
 */
final class Crc64 {
    private static final long POLYNOMIAL = 0xC96C5795D7870F42L;
    private static final long[][] TABLES = tables();

    private long register = ~0L;

    /** Goes on from the CRC of what came before. */
    static Crc64 continuing(long crc) {
        Crc64 next = new Crc64();
        next.register = ~crc;
        return next;
    }

    static long of(byte[] bytes) {
        Crc64 crc = new Crc64();
        crc.update(ByteBuffer.wrap(bytes));
        return crc.value();
    }

    long value() {
        return ~register;
    }

    /** Takes in what remains of {@code bytes}, whose position does not move. */
    void update(ByteBuffer bytes) {
        ByteBuffer view = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long crc = register;
        int at = view.position();
        int end = view.limit();
        for (; at + 8 <= end; at += 8) {
            crc = eight(crc ^ view.getLong(at));
        }
        for (; at < end; at++) {
            crc = (crc >>> 8) ^ TABLES[0][(int) (crc ^ view.get(at)) & 0xFF];
        }
        register = crc;
    }

    private static long eight(long word) {
        return TABLES[7][(int) word & 0xFF]
                ^ TABLES[6][(int) (word >>> 8) & 0xFF]
                ^ TABLES[5][(int) (word >>> 16) & 0xFF]
                ^ TABLES[4][(int) (word >>> 24) & 0xFF]
                ^ TABLES[3][(int) (word >>> 32) & 0xFF]
                ^ TABLES[2][(int) (word >>> 40) & 0xFF]
                ^ TABLES[1][(int) (word >>> 48) & 0xFF]
                ^ TABLES[0][(int) (word >>> 56) & 0xFF];
    }

    private static long[][] tables() {
        long[][] tables = new long[8][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
            }
            tables[0][value] = crc;
        }
        for (int table = 1; table < 8; table++) {
            for (int value = 0; value < 256; value++) {
                long previous = tables[table - 1][value];
                tables[table][value] = (previous >>> 8) ^ tables[0][(int) previous & 0xFF];
            }
        }
        return tables;
    }
}
