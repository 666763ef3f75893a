package io.sealgate.core.load;

import io.sealgate.core.model.ByteSize;
import io.sealgate.core.spi.OverloadListener;
import io.sealgate.core.spi.OverloadListener.Resource;
import java.util.function.LongSupplier;

/**
 * Sees to it that some direct memory is always left for handshakes and answers: says when it is short, so that others stop
 * taking more. Short from 80 % of the limit until it is below 70 % again.
 *
 * <p>Every question looks at the counter anew; there is no timer that memory could outrun. Thread-safe.
 */
public final class MemoryGuard {

    private final LongSupplier used;
    private final long high;
    private final long low;
    private final long critical;
    private final Shortage shortage;

    /**
     * @param used  bytes in use now; asked often
     * @param limit of direct memory
     */
    MemoryGuard(LongSupplier used, ByteSize limit, OverloadListener listener) {
        this.used = used;
        high = limit.bytes() / 100 * 80;
        low = limit.bytes() / 100 * 70;
        critical = limit.bytes() / 100 * 95;
        shortage = new Shortage(Resource.DIRECT_MEMORY, listener);
    }

    /** Whether to take no more than is needed to go on. */
    public boolean isShort() {
        long now = used.getAsLong();
        if (now >= high) {
            shortage.begin();
        } else if (now < low) {
            shortage.end();
        }
        return shortage.isActive();
    }

    /** Whether even the reserve is nearly gone. */
    boolean isCritical() {
        return used.getAsLong() >= critical;
    }
}
