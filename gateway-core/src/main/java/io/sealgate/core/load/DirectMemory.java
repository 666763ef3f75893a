package io.sealgate.core.load;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;
import io.sealgate.core.model.ByteSize;

/**
 * Direct memory as Netty counts it: the count that it compares with its limit before it refuses an allocation. Netty has no
 * public name for either. Thread-safe.
 */
final class DirectMemory {

    private DirectMemory() {}

    static ByteSize limit() {
        return new ByteSize(PlatformDependent.maxDirectMemory());
    }

    /** Bytes in use now. Costs the read of a counter. */
    static long used() {
        long used = PlatformDependent.usedDirectMemory();
        return used >= 0 ? used : allocated();
    }

    /** On platforms where Netty does not count: what its allocator holds, which is nearly all. */
    private static long allocated() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
                ? provider.metric().usedDirectMemory()
                : 0;
    }
}
