package io.sealgate.core.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One re-armable timer. Moving the deadline only writes a field: the scheduled task that is already there notices when it runs
 * that it came too early and goes back to sleep, so that progress on a body costs nothing. Confined to one event loop.
 */
public final class Deadline {

    private final EventLoop loop;
    private final LoopClock clock;
    private @Nullable Runnable onExpiry;
    private long expiresAt;
    private @Nullable Future<?> task;
    private long taskRunsAt;

    public Deadline(EventLoop loop) {
        this(loop, new LoopClock(loop));
    }

    /** @param clock of {@code loop}, shared with others whose deadlines move in the same round */
    public Deadline(EventLoop loop, LoopClock clock) {
        this.loop = loop;
        this.clock = clock;
    }

    /**
     * Expires after {@code timeout} from now, whatever was set before.
     *
     * @param action runs on the event loop, once, unless the deadline is moved or disarmed in time
     */
    public void arm(Duration timeout, Runnable action) {
        onExpiry = action;
        expiresAt = clock.nanoTime() + timeout.toNanos();
        if (task == null) {
            schedule();
        } else if (expiresAt - taskRunsAt < 0) {
            task.cancel(false);
            schedule();
        }
    }

    /** Does not expire any more; cheap, to be armed again. */
    public void disarm() {
        onExpiry = null;
    }

    /** Does not expire any more and keeps nothing alive. */
    public void cancel() {
        onExpiry = null;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    private void schedule() {
        taskRunsAt = expiresAt;
        task = loop.schedule(this::wake, expiresAt - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void wake() {
        task = null;
        Runnable action = onExpiry;
        if (action == null) {
            return;
        }
        if (expiresAt - System.nanoTime() > 0) {
            schedule();
            return;
        }
        onExpiry = null;
        action.run();
    }
}
