package io.sealgate.core.load;

import io.sealgate.core.spi.OverloadListener;
import io.sealgate.core.spi.OverloadListener.Resource;
import io.sealgate.core.spi.OverloadListener.Scope;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An amount that there is only so much of in the process, and of which one client may have a part. Whoever asks for
 * more is told no at once: nobody waits here. Thread-safe.
 */
final class Quota {

    private final Resource resource;
    private final long total;
    private final long perClient;
    private final OverloadListener listener;
    private final Shortage shortage;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param total     of all clients together
     * @param perClient of one client
     */
    Quota(Resource resource, long total, long perClient, OverloadListener listener) {
        this.resource = resource;
        this.total = total;
        this.perClient = perClient;
        this.listener = listener;
        shortage = new Shortage(resource, listener);
    }

    /**
     * Takes {@code amount} for {@code client}, whose account is {@code mine}; all of it or nothing. What stands for
     * many clients has no part that it could exceed.
     *
     * @return whether it was there
     */
    boolean take(ClientLoad client, AtomicLong mine, long amount) {
        if (mine.addAndGet(amount) > perClient && !client.key().isShared()) {
            mine.addAndGet(-amount);
            listener.refused(resource, Scope.CLIENT);
            return false;
        }
        if (used.addAndGet(amount) > total) {
            used.addAndGet(-amount);
            mine.addAndGet(-amount);
            shortage.begin();
            listener.refused(resource, Scope.PROCESS);
            return false;
        }
        return true;
    }

    /** Gives back what was taken. */
    void give(AtomicLong mine, long amount) {
        mine.addAndGet(-amount);
        long left = used.addAndGet(-amount);
        if (shortage.isActive() && left <= total - total / 4) {
            shortage.end();
        }
    }

    boolean isShort() {
        return shortage.isActive();
    }
}
