package io.sealgate.core.load;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.model.ByteSize;
import java.util.Collection;

/**
 * How much the process can carry at the same time: what its memory is enough for if every exchange is as unlucky as can be.
 *
 * @param exchanges exchanges; half of the heap is enough for their heads
 * @param bodies    bodies under way; four fifths of direct memory are enough for their buffers
 * @param documents control documents that are kept whole; an eighth of the heap
 */
public record Capacity(long exchanges, long bodies, ByteSize documents) {

    /** However little memory there is, fewer would be useless. */
    private static final long LEAST = 16;

    /**
     * For so much memory.
     *
     * @param listeners the limits of all listeners
     */
    public static Capacity of(ByteSize heap, ByteSize directMemory, Collection<LimitsConfig> listeners) {
        return new Capacity(
                Math.max(LEAST, heap.bytes() / 2 / ExchangeMemory.largestHead(listeners)),
                Math.max(LEAST, directMemory.bytes() / 5 * 4 / ExchangeMemory.largestBody(listeners)),
                new ByteSize(heap.bytes() / 8));
    }

    /** For the memory that this process may use. */
    public static Capacity ofThisProcess(Collection<LimitsConfig> listeners) {
        return of(new ByteSize(Runtime.getRuntime().maxMemory()), DirectMemory.limit(), listeners);
    }
}
