package io.sealgate.tls.revocation;

import io.netty.util.concurrent.Future;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.core.spi.RevocationListener.Kind;
import io.sealgate.core.spi.RevocationListener.Outcome;
import io.sealgate.tls.fetch.Door;
import io.sealgate.tls.fetch.FetchThreads;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the URLs of one listener have in common. Thread-safe; owns nothing. */
final class CrlFetching {

    private final String listener;
    private final Door door;
    private final FetchThreads threads;
    private final Supplier<CrlLoader> loader;
    private final RefreshPace pace;
    private final InstantSource clock;
    private final RevocationListener events;
    private final Runnable changed;

    /**
     * @param loader  verifies lists by the CAs that are trusted at that moment
     * @param changed told that a source has other lists than before
     */
    CrlFetching(
            String listener,
            Door door,
            FetchThreads threads,
            Supplier<CrlLoader> loader,
            RefreshPace pace,
            InstantSource clock,
            RevocationListener events,
            Runnable changed) {
        this.listener = listener;
        this.door = door;
        this.threads = threads;
        this.loader = loader;
        this.pace = pace;
        this.clock = clock;
        this.events = events;
        this.changed = changed;
    }

    Door door() {
        return door;
    }

    CrlLoader loader() {
        return loader.get();
    }

    RefreshPace pace() {
        return pace;
    }

    Instant now() {
        return clock.instant();
    }

    void changed() {
        changed.run();
    }

    void tell(Kind kind, Outcome outcome, String detail) {
        events.fetched(listener, kind, outcome, detail);
    }

    /** On a thread that may take its time; where there is none, at once, so that no fetch remains without an end. */
    void work(Runnable task) {
        try {
            threads.workers().execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Null once the gateway ends. */
    @Nullable
    Future<?> schedule(Runnable task, long delay, TimeUnit unit) {
        try {
            return threads.loop().schedule(task, delay, unit);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }
}
