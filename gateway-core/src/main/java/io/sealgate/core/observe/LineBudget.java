package io.sealgate.core.observe;

import io.sealgate.core.model.ClientKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many log lines of each kind there may be that clients can cause at will: a hundred in ten seconds unless stated
 * otherwise, half of them about one client. Each kind has its own, so that nobody hides what others have done, or what
 * is wrong elsewhere. Thread-safe.
 */
final class LineBudget {

    private final LongSupplier clock;
    private final int most;
    private final long windowNanos;
    private final Map<Object, Window> kinds = new HashMap<>();

    /** What has been written since {@code beganNanos}. */
    private final class Window {
        private final long beganNanos;
        private final Map<ClientKey, Integer> clients = new HashMap<>();
        private int lines;

        Window(long beganNanos) {
            this.beganNanos = beganNanos;
        }

        boolean take(@Nullable ClientKey client) {
            if (lines >= most || (client != null && clients.getOrDefault(client, 0) >= most / 2)) {
                return false;
            }
            lines++;
            if (client != null) {
                clients.merge(client, 1, Integer::sum);
            }
            return true;
        }
    }

    /** @param clock nanoseconds, as of {@link System#nanoTime()} */
    LineBudget(LongSupplier clock) {
        this(clock, 100, Duration.ofSeconds(10));
    }

    /**
     * @param clock nanoseconds, as of {@link System#nanoTime()}
     * @param most  lines of a kind in each {@code window}
     */
    LineBudget(LongSupplier clock, int most, Duration window) {
        this.clock = clock;
        this.most = most;
        windowNanos = window.toNanos();
    }

    /**
     * Whether a line may be written.
     *
     * @param kind   of a closed set
     * @param client whom it is about, null for nobody in particular
     */
    synchronized boolean take(Object kind, @Nullable ClientKey client) {
        long now = clock.getAsLong();
        Window window = kinds.get(kind);
        if (window == null || now - window.beganNanos >= windowNanos) {
            window = new Window(now);
            kinds.put(kind, window);
        }
        return window.take(client);
    }
}
