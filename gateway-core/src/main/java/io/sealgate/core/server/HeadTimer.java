package io.sealgate.core.server;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.loop.Deadline;

/**
 * Ends HTTP/1.1 connections on which no request comes: idle ones after {@code idle-timeout}, and those whose head trickles in
 * after {@code header-timeout} from its first byte, or from the end of the answer before it if that came later. Confined to the
 * connection's event loop.
 */
final class HeadTimer {

    private final LimitsConfig limits;
    private final Deadline deadline;
    private final Runnable onExpiry;
    private boolean awaiting;
    private int headsBegun;

    HeadTimer(Deadline deadline, LimitsConfig limits, Runnable onExpiry) {
        this.deadline = deadline;
        this.limits = limits;
        this.onExpiry = onExpiry;
    }

    /** The next thing to come is a request, or the rest of one that a client began while it was being answered. */
    void await() {
        awaiting = true;
        deadline.arm(headsBegun > 0 ? limits.headerTimeout() : limits.idleTimeout(), onExpiry);
    }

    /** The first byte of a head is here, possibly with other heads before it that still wait for their turn. */
    void begun() {
        headsBegun++;
        if (awaiting) {
            deadline.arm(limits.headerTimeout(), onExpiry);
        }
    }

    /** The first of the heads that have begun is complete, and its turn has come. */
    void complete() {
        headsBegun--;
        awaiting = false;
        deadline.disarm();
    }
}
