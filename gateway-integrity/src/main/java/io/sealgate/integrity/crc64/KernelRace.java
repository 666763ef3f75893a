package io.sealgate.integrity.crc64;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;

/**
 * Whether a native kernel is worth having on this machine. With carry-less multiplication it is several times as fast as the Java
 * kernel; without, it has only tables, and the Java kernel makes better use of those. Takes a few milliseconds. Stateless;
 * thread-safe.
 */
final class KernelRace {

    /** What a TLS record brings at once. */
    private static final int BLOCK = 16 * 1024;

    private static final long NANOS_EACH = TimeUnit.MILLISECONDS.toNanos(2);

    /** The measured difference must be clear of noise. */
    private static final int ADVANTAGE = 2;

    /**
     * 3.3 GB/s. The Java kernel may have just begun to run, several times slower than it will be once it is compiled, and waiting for
     * that would take too long. Multiplication gets over this bar even on a slow processor; a library's tables do not on a fast
     * one, because each of their lookups waits for the one before.
     */
    private static final long BEYOND_TABLES = TimeUnit.MICROSECONDS.toNanos(5);

    private KernelRace() {}

    /** Whether {@code candidate} is clearly faster than {@code reference} is or will be. */
    static boolean isWon(Crc64Kernel candidate, Crc64Kernel reference) {
        ByteBuf block = Unpooled.directBuffer(BLOCK).writeZero(BLOCK);
        try {
            long nanos = best(candidate, block);
            return nanos < BEYOND_TABLES && nanos * ADVANTAGE < best(reference, block);
        } finally {
            block.release();
        }
    }

    /** The shortest run, in nanoseconds: whatever took longer was disturbed, or not compiled yet. */
    private static long best(Crc64Kernel kernel, ByteBuf block) {
        long best = Long.MAX_VALUE;
        long checksum = 0;
        long from = System.nanoTime();
        long end = from + NANOS_EACH;
        while (from - end < 0) {
            checksum = kernel.update(checksum, block);
            long to = System.nanoTime();
            best = Math.min(best, to - from);
            from = to;
        }
        return best;
    }
}
