package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * Connections to one origin.
 *
 * @param connections at most so many for the whole process, divided over the event loops
 * @param idleTimeout an unused connection is closed after this long; shorter than the origin's own keep-alive
 * @param pending     requests that may wait for a connection, for the whole process; more are answered 503 SlowDown
 * @param clientShare percent of either that one client may have
 */
public record PoolConfig(Integer connections, Duration idleTimeout, Integer pending, Integer clientShare) {

    public PoolConfig {
        connections = requireNonNullElse(connections, 256);
        idleTimeout = requireNonNullElse(idleTimeout, Duration.ofSeconds(50));
        pending = requireNonNullElse(pending, 1024);
        clientShare = requireNonNullElse(clientShare, 50);
    }

    /** The defaults. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static PoolConfig defaults() {
        return new PoolConfig(null, null, null, null);
    }

    /** Reports values that cannot work. */
    public void check(Problems problems, String path) {
        Checks.positive(problems, path + ".connections", connections);
        Checks.positive(problems, path + ".idle-timeout", idleTimeout);
        Checks.positive(problems, path + ".pending", pending);
        Checks.between(problems, path + ".client-share", clientShare, 1, 100);
    }

    /** How many of {@code all} one client may have: at least one. */
    public int shareOf(int all) {
        return Math.max(1, (int) ((long) all * clientShare / 100));
    }
}
