package io.sealgate.core.observe;

import io.sealgate.core.model.ClientKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many log lines of each kind there may be that clients can cause at will: a hundred in ten seconds, half of them
 * about one client. Each kind has its own, so that nobody hides what others have done, or what is wrong elsewhere.
 * Thread-safe.
 */
final class LineBudget {

    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 100;
    private static final int SHARE = MOST / 2;

    private final LongSupplier clock;
    private final Map<Object, Window> kinds = new HashMap<>();

    /** What has been written since {@code beganNanos}. */
    private static final class Window {
        private final long beganNanos;
        private final Map<ClientKey, Integer> clients = new HashMap<>();
        private int lines;

        Window(long beganNanos) {
            this.beganNanos = beganNanos;
        }

        boolean take(@Nullable ClientKey client) {
            if (lines >= MOST || (client != null && clients.getOrDefault(client, 0) >= SHARE)) {
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
        this.clock = clock;
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
        if (window == null || now - window.beganNanos >= WINDOW_NANOS) {
            window = new Window(now);
            kinds.put(kind, window);
        }
        return window.take(client);
    }
}
