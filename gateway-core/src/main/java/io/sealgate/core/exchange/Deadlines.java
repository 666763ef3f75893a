package io.sealgate.core.exchange;

import io.sealgate.core.loop.Deadline;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Watches that an exchange gets on. Every phase has a time within which something must move; there is no limit on how long a
 * body takes altogether, for slow devices are ordinary. Confined to the exchange's event loop.
 */
final class Deadlines {

    /** What an exchange waits for. */
    enum Phase {
        /** A free connection to the origin. */
        CONNECTING,
        /** The client's next bytes, or the origin's readiness to take them. */
        UPLOADING,
        /** The origin's answer to a question of the gateway's own, without which it can go on. */
        ASKING,
        /** The first byte of the origin's answer. */
        AWAITING,
        /** The origin's next bytes, or the client's readiness to take them. */
        DOWNLOADING,
        /** The rest of an upload that nobody wants any more. */
        DRAINING
    }

    /** Where nothing that moves brings the end nearer. */
    private static final Set<Phase> UNMOVED = EnumSet.of(Phase.CONNECTING, Phase.ASKING, Phase.DRAINING);

    private final Deadline deadline;
    private final Runnable onExpiry;
    private Phase phase = Phase.CONNECTING;
    private Duration patience = Duration.ZERO;

    /** @param deadline the channel's; used by one exchange at a time */
    Deadlines(Deadline deadline, Consumer<Phase> onExpiry) {
        this.deadline = deadline;
        this.onExpiry = () -> onExpiry.accept(phase);
    }

    /** From now on {@code phase}, in which nothing may stand still for longer than {@code patience}. */
    void enter(Phase newPhase, Duration newPatience) {
        phase = newPhase;
        patience = newPatience;
        deadline.arm(newPatience, onExpiry);
    }

    /** Something moved. A client that sends on gets no nearer to a connection or an answer, nor to the end of what nobody wants. */
    void progress() {
        if (!UNMOVED.contains(phase)) {
            deadline.arm(patience, onExpiry);
        }
    }

    void end() {
        deadline.disarm();
    }
}
