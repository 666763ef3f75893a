package io.sealgate.core.loop;

import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The time as it was when the current round of an event loop first asked for it. An exchange moves its deadline half a dozen times, and reading
 * a clock waits until the processor has fetched all it was asked for; deadlines of seconds do not need to know how far the round has got
 * since. Confined to its event loop.
 */
public final class LoopClock {

    private final Executor loop;
    private final Runnable endOfRound = this::forget;
    private boolean isKnown;
    private long nanoTime;
    private @Nullable Instant instant;

    /** @param loop runs what it is given on its own thread, after what it is doing now */
    public LoopClock(Executor loop) {
        this.loop = loop;
    }

    /** As {@link System#nanoTime()}, or earlier by what the round has lasted, pauses of the JVM included. */
    public long nanoTime() {
        if (!isKnown) {
            nanoTime = System.nanoTime();
            isKnown = true;
            loop.execute(endOfRound);
        }
        return nanoTime;
    }

    /** The first moment in this round at which somebody asked for one. */
    public Instant instant() {
        if (!isKnown || instant == null) {
            nanoTime();
            instant = Instant.now();
        }
        return instant;
    }

    private void forget() {
        isKnown = false;
        instant = null;
    }
}
