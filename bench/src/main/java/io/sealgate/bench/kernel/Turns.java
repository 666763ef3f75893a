package io.sealgate.bench.kernel;

import io.netty.buffer.ByteBuf;
import io.sealgate.bench.report.Spread;
import io.sealgate.integrity.crc64.Crc64Kernel;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** One kernel's turns with one size of chunk, and what it got through in each. Confined to one thread. */
final class Turns {
    private static final long BYTES_EACH = 64L << 20;
    private static final double GIB = 1L << 30;
    private static final double NANOS = 1e9;

    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private final Crc64Kernel kernel;
    private final List<Double> gibPerSecond = new ArrayList<>();

    /** Each turn goes on with the checksum of the last, so that no compiler can leave one out. */
    private long checksum;

    Turns(Crc64Kernel kernel) {
        this.kernel = kernel;
    }

    /** Sums up {@code chunk}, which it borrows, over and over. */
    void take(ByteBuf chunk, boolean counts) {
        long times = BYTES_EACH / chunk.readableBytes();
        long start = clock.getCurrentThreadCpuTime();
        for (long i = 0; i < times; i++) {
            checksum = kernel.update(checksum, chunk);
        }
        long nanos = clock.getCurrentThreadCpuTime() - start;
        if (counts) {
            gibPerSecond.add(times * chunk.readableBytes() / GIB * NANOS / nanos);
        }
    }

    String name() {
        return kernel.name();
    }

    Spread spread() {
        return Spread.of(gibPerSecond);
    }
}
