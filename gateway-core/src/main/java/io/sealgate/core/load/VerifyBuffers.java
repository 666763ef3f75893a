package io.sealgate.core.load;

import io.sealgate.core.config.IntegrityConfig.VerifyBuffer;
import io.sealgate.core.spi.OverloadListener.Room;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much of bodies is held for a verdict just now: of each route no more than it says, of all no more than memory is
 * good for, and of one client no more than half of either, or one body. Whoever finds no room goes without, so nobody
 * is refused for this. Thread-safe.
 */
final class VerifyBuffers {

    private final long most;
    private final AtomicLong all = new AtomicLong();
    private final Map<String, AtomicLong> routes = new ConcurrentHashMap<>();

    /** @param most bytes, of all routes together */
    VerifyBuffers(long most) {
        this.most = most;
    }

    /**
     * Takes {@code bytes} for a body on {@code route} of {@code client}; all of it or nothing.
     *
     * @return where there is no room for it, or {@code null} if it has been taken
     */
    @Nullable
    Room take(ClientLoad client, String route, VerifyBuffer limits, long bytes) {
        AtomicLong mine = client.held;
        long total = limits.total().bytes();
        AtomicLong held = routes.computeIfAbsent(route, name -> new AtomicLong());
        long share = client.key().isShared()
                ? total
                : Math.max(Math.min(total, most) / 2, limits.object().bytes());
        if (!add(mine, bytes, share)) {
            return Room.CLIENT;
        }
        if (!add(held, bytes, total)) {
            mine.addAndGet(-bytes);
            return Room.ROUTE;
        }
        if (!add(all, bytes, most)) {
            mine.addAndGet(-bytes);
            held.addAndGet(-bytes);
            return Room.PROCESS;
        }
        return null;
    }

    private static boolean add(AtomicLong account, long bytes, long limit) {
        if (account.addAndGet(bytes) <= limit) {
            return true;
        }
        account.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was taken. */
    void give(AtomicLong mine, String route, long bytes) {
        mine.addAndGet(-bytes);
        all.addAndGet(-bytes);
        AtomicLong held = routes.get(route);
        if (held != null) {
            held.addAndGet(-bytes);
        }
    }
}
