package io.sealgate.core.server;

import java.time.Duration;

/**
 * How the connection of a client that may not stay is ended.
 *
 * @param deadline how long running exchanges may take to finish; zero for none
 */
public record Ending(Duration deadline) {

    /** What runs is cut off. */
    public static final Ending AT_ONCE = new Ending(Duration.ZERO);

    boolean isAtOnce() {
        return deadline.isZero();
    }
}
