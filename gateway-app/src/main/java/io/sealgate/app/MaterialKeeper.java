package io.sealgate.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The thread that looks now and then whether files have changed that the gateway is to notice. */
final class MaterialKeeper implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(MaterialKeeper.class);

    private final ScheduledExecutorService executor;

    private MaterialKeeper(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /** Calls all of {@code looks}, one after the other, with pauses of {@code interval}, on one thread. */
    static MaterialKeeper start(Duration interval, List<Runnable> looks) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "materials");
            thread.setDaemon(true);
            return thread;
        });
        long pause = interval.toMillis();
        executor.scheduleWithFixedDelay(
                () -> looks.forEach(MaterialKeeper::guarded), pause, pause, TimeUnit.MILLISECONDS);
        return new MaterialKeeper(executor);
    }

    /** A look that fails must not be the last one, nor keep others from theirs. */
    private static void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | Error e) { // one that is not caught cancels the periodic task silently
            LOG.error("files could not be looked after, what was loaded stays in force: {}", e.toString(), e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
