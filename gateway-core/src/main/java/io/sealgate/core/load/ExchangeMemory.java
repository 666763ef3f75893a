package io.sealgate.core.load;

import io.sealgate.core.config.LimitsConfig;
import java.util.Collection;

/** What one exchange can make the process hold, at worst. The documentation states the same sums. All sizes are in bytes. */
public final class ExchangeMemory {

    /** So much may wait in the buffer of a connection, either side, before the other side is no longer read. */
    public static final int HIGH_WATERMARK = 256 * 1024;

    /** The largest piece in which a body is handed on, and so the most by which a watermark is passed, or that is held for a verdict. */
    public static final int CHUNK = 64 * 1024;

    /** Objects of an exchange and its HTTP/2 stream besides the head itself. */
    private static final long OBJECTS = 16 * 1024;

    private ExchangeMemory() {}

    /** Direct memory: what has arrived and is not handed on, both outbound buffers, one chunk. */
    static long body(LimitsConfig limits) {
        return limits.http2StreamWindow().bytes() + 2L * HIGH_WATERMARK + CHUNK;
    }

    /** Heap: the head as it came, and once more as it is used. */
    static long head(LimitsConfig limits) {
        return 2 * limits.headerSize().bytes() + OBJECTS;
    }

    static long largestBody(Collection<LimitsConfig> listeners) {
        return listeners.stream().mapToLong(ExchangeMemory::body).max().orElse(HIGH_WATERMARK);
    }

    static long largestHead(Collection<LimitsConfig> listeners) {
        return listeners.stream().mapToLong(ExchangeMemory::head).max().orElse(OBJECTS);
    }
}
