package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * Connections to one origin.
 *
 * @param connections at most so many for the whole process, divided over the event loops
 * @param idleTimeout an unused connection is closed after this long; shorter than the origin's own keep-alive
 * @param pending     requests that may wait for a connection, for the whole process; more are answered 503 SlowDown
 */
public record PoolConfig(Integer connections, Duration idleTimeout, Integer pending) {

    public PoolConfig {
        connections = requireNonNullElse(connections, 256);
        idleTimeout = requireNonNullElse(idleTimeout, Duration.ofSeconds(50));
        pending = requireNonNullElse(pending, 1024);
    }

    /** The defaults. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static PoolConfig defaults() {
        return new PoolConfig(null, null, null);
    }

    /** Reports values that cannot work. */
    public void check(Problems problems, String path) {
        Checks.positive(problems, path + ".connections", connections);
        Checks.positive(problems, path + ".idle-timeout", idleTimeout);
        Checks.positive(problems, path + ".pending", pending);
    }
}
