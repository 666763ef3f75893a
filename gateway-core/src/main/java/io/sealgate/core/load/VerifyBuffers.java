package io.sealgate.core.load;

import io.sealgate.core.config.IntegrityConfig.VerifyBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the bodies of each route is held for a verdict just now. Whoever finds no room goes without, so nobody is refused
 * for this. Thread-safe.
 */
final class VerifyBuffers {

    private final Map<String, AtomicLong> used = new ConcurrentHashMap<>();

    /** Takes {@code bytes} for a body of {@code route}, if its share and the room for all of them are large enough. */
    boolean take(String route, VerifyBuffer limits, long bytes) {
        if (bytes > limits.object().bytes()) {
            return false;
        }
        AtomicLong held = used.computeIfAbsent(route, name -> new AtomicLong());
        if (held.addAndGet(bytes) > limits.total().bytes()) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives back what was taken. */
    void give(String route, long bytes) {
        AtomicLong held = used.get(route);
        if (held != null) {
            held.addAndGet(-bytes);
        }
    }
}
