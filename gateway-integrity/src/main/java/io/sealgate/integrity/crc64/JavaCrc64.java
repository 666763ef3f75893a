package io.sealgate.integrity.crc64;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The kernel that is always there. Immutable; thread-safe.
 *
 * <p>Three lanes run side by side, each over every third word, which hides the latency of the table lookups; a lane's tables
 * account for the two words that it skips. Measured against slicing by 16, against four such lanes and against separate
 * quarters of a block.
 */
final class JavaCrc64 implements Crc64Kernel {

    static final String NAME = "java";

    /** x⁰ is the highest bit: the reflected form. */
    static final long POLYNOMIAL = 0xC96C5795D7870F42L;

    private static final int WORD = Long.BYTES;
    private static final int STRIDE = 3 * WORD;

    /** Shorter chunks are over before lanes and their tables pay for being fetched and joined. At least two strides. */
    private static final int WORTH_LANES = 8 * STRIDE;

    private static final long[] BYTE = tables(1, 1);
    private static final long[] NEXT_WORD = tables(WORD, WORD);
    private static final long[] NEXT_STRIDE = tables(WORD, STRIDE);
    private static final long[] NEXT_WORD_BY_HALF_BYTES = halves(NEXT_WORD);

    /** Unlike {@code ByteBuffer.getLong}, as fast where heap and direct buffers meet in one JVM: nothing is dispatched on their class. */
    private static final VarHandle WORDS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long update(long checksum, ByteBuf chunk) {
        if (chunk.nioBufferCount() == 1) {
            return update(checksum, chunk.nioBuffer());
        }
        long sum = checksum;
        for (ByteBuffer part : chunk.nioBuffers()) {
            sum = update(sum, part);
        }
        return sum;
    }

    /** The same for the bytes between position and limit, which stay as they are. The complement of a checksum is the register. */
    long update(long checksum, ByteBuffer bytes) {
        return ~advance(~checksum, bytes, bytes.position(), bytes.limit());
    }

    private static long advance(long start, ByteBuffer bytes, int from, int to) {
        long crc = start;
        int i = from;
        if (to - i >= WORTH_LANES) {
            long second = 0;
            long third = 0;
            for (int last = to - 2 * STRIDE; i <= last; i += STRIDE) {
                // All words before any table: compiled so, the lookups of the lanes overlap.
                long firstWord = crc ^ word(bytes, i);
                long secondWord = second ^ word(bytes, i + WORD);
                long thirdWord = third ^ word(bytes, i + 2 * WORD);
                crc = shift(NEXT_STRIDE, firstWord);
                second = shift(NEXT_STRIDE, secondWord);
                third = shift(NEXT_STRIDE, thirdWord);
            }
            // The last full stride joins the lanes: each is already where its own next word begins.
            crc = shift(NEXT_WORD, crc ^ word(bytes, i));
            crc = shift(NEXT_WORD, crc ^ second ^ word(bytes, i + WORD));
            crc = shift(NEXT_WORD, crc ^ third ^ word(bytes, i + 2 * WORD));
            i += STRIDE;
        }
        for (; to - i >= WORD; i += WORD) {
            crc = shiftByHalfBytes(crc ^ word(bytes, i));
        }
        for (; i < to; i++) {
            crc = BYTE[(int) (crc ^ bytes.get(i)) & 0xFF] ^ (crc >>> 8);
        }
        return crc;
    }

    private static long word(ByteBuffer bytes, int index) {
        return (long) WORDS.get(bytes, index);
    }

    /** Replaces the word {@code w} by what it contributes after as many bytes as {@code t} was made for. */
    private static long shift(long[] t, long w) {
        return t[(int) w & 0xFF]
                ^ t[0x100 + ((int) (w >>> 8) & 0xFF)]
                ^ t[0x200 + ((int) (w >>> 16) & 0xFF)]
                ^ t[0x300 + ((int) (w >>> 24) & 0xFF)]
                ^ t[0x400 + ((int) (w >>> 32) & 0xFF)]
                ^ t[0x500 + ((int) (w >>> 40) & 0xFF)]
                ^ t[0x600 + ((int) (w >>> 48) & 0xFF)]
                ^ t[0x700 + ((int) (w >>> 56) & 0xFF)];
    }

    /** The same for the next word, with tables of 2 KiB instead of 16: twice the lookups, but what is not cached is soon fetched. */
    private static long shiftByHalfBytes(long w) {
        long[] t = NEXT_WORD_BY_HALF_BYTES;
        return t[(int) w & 0xF]
                ^ t[0x10 + ((int) (w >>> 4) & 0xF)]
                ^ t[0x20 + ((int) (w >>> 8) & 0xF)]
                ^ t[0x30 + ((int) (w >>> 12) & 0xF)]
                ^ t[0x40 + ((int) (w >>> 16) & 0xF)]
                ^ t[0x50 + ((int) (w >>> 20) & 0xF)]
                ^ t[0x60 + ((int) (w >>> 24) & 0xF)]
                ^ t[0x70 + ((int) (w >>> 28) & 0xF)]
                ^ t[0x80 + ((int) (w >>> 32) & 0xF)]
                ^ t[0x90 + ((int) (w >>> 36) & 0xF)]
                ^ t[0xA0 + ((int) (w >>> 40) & 0xF)]
                ^ t[0xB0 + ((int) (w >>> 44) & 0xF)]
                ^ t[0xC0 + ((int) (w >>> 48) & 0xF)]
                ^ t[0xD0 + ((int) (w >>> 52) & 0xF)]
                ^ t[0xE0 + ((int) (w >>> 56) & 0xF)]
                ^ t[0xF0 + ((int) (w >>> 60) & 0xF)];
    }

    /** What a byte contributes is the sum of what its halves do. */
    private static long[] halves(long[] bytes) {
        long[] halves = new long[2 * WORD * 16];
        for (int half = 0; half < 2 * WORD; half++) {
            for (int value = 0; value < 16; value++) {
                halves[(half << 4) + value] = bytes[((half >> 1) << 8) + (value << ((half & 1) << 2))];
            }
        }
        return halves;
    }

    /**
     * One table of 256 entries for each of the first {@code count} bytes of a stretch of {@code length} bytes: what that byte
     * has become at the end of the stretch. One flat array, so that constant offsets need no bounds checks.
     */
    private static long[] tables(int count, int length) {
        long[] tables = new long[count * 256];
        for (int b = 0; b < 256; b++) {
            long crc = b;
            for (int end = 1; end <= length; end++) {
                crc = followedByZeroByte(crc);
                if (end > length - count) {
                    tables[(length - end) * 256 + b] = crc;
                }
            }
        }
        return tables;
    }

    private static long followedByZeroByte(long crc) {
        long shifted = crc;
        for (int bit = 0; bit < 8; bit++) {
            shifted = (shifted >>> 1) ^ ((shifted & 1) == 0 ? 0 : POLYNOMIAL);
        }
        return shifted;
    }
}
