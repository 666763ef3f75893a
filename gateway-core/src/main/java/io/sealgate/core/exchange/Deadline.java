package io.sealgate.core.exchange;

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
    private final Runnable onExpiry;
    private long expiresAt;
    private boolean armed;
    private @Nullable Future<?> task;
    private long taskRunsAt;

    /** @param onExpiry runs on {@code loop}, once per arming that is not moved or disarmed in time */
    public Deadline(EventLoop loop, Runnable onExpiry) {
        this.loop = loop;
        this.onExpiry = onExpiry;
    }

    /** Expires after {@code timeout} from now, whatever was set before. */
    public void arm(Duration timeout) {
        armed = true;
        expiresAt = System.nanoTime() + timeout.toNanos();
        if (task == null) {
            schedule();
        } else if (expiresAt - taskRunsAt < 0) {
            task.cancel(false);
            schedule();
        }
    }

    /** Does not expire any more; cheap, to be armed again. */
    public void disarm() {
        armed = false;
    }

    /** Does not expire any more and keeps nothing alive. */
    public void cancel() {
        armed = false;
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
        if (!armed) {
            return;
        }
        if (expiresAt - System.nanoTime() > 0) {
            schedule();
            return;
        }
        armed = false;
        onExpiry.run();
    }
}
