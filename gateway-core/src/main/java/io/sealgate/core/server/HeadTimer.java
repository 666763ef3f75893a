package io.sealgate.core.server;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.exchange.Deadline;

/**
 * Ends HTTP/1.1 connections on which no request comes: idle ones after {@code idle-timeout}, and those whose head trickles in
 * after {@code header-timeout} from its first byte. Confined to the connection's event loop.
 */
final class HeadTimer {

    private final LimitsConfig limits;
    private final Deadline deadline;
    private final Runnable onExpiry;
    private boolean awaiting;

    HeadTimer(Deadline deadline, LimitsConfig limits, Runnable onExpiry) {
        this.deadline = deadline;
        this.limits = limits;
        this.onExpiry = onExpiry;
    }

    /** The next thing to come is a request. */
    void await() {
        awaiting = true;
        deadline.arm(limits.idleTimeout(), onExpiry);
    }

    /** The first byte of a head is here. */
    void begun() {
        if (awaiting) {
            deadline.arm(limits.headerTimeout(), onExpiry);
        }
    }

    /** The head is complete. */
    void complete() {
        awaiting = false;
        deadline.disarm();
    }
}
