package io.sealgate.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The thread that looks now and then whether files with keys, certificates and revocation lists have changed. */
final class MaterialKeeper implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(MaterialKeeper.class);

    private final ScheduledExecutorService executor;

    private MaterialKeeper(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /** Calls {@code round} with pauses of {@code interval}, on one thread. */
    static MaterialKeeper start(Duration interval, Runnable round) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "materials");
            thread.setDaemon(true);
            return thread;
        });
        long pause = interval.toMillis();
        executor.scheduleWithFixedDelay(() -> guarded(round), pause, pause, TimeUnit.MILLISECONDS);
        return new MaterialKeeper(executor);
    }

    /** A round that fails must not be the last one. */
    private static void guarded(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.error("files could not be looked after, what was loaded stays in force: {}", e.toString(), e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
