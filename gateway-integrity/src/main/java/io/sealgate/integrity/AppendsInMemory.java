package io.sealgate.integrity;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.share.FairCache;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An {@link AppendLedger} of one process. When it is full, the client that has most loses its object that was not used
 * for longest. Thread-safe.
 */
final class AppendsInMemory implements AppendLedger {

    private record Entry(Grown state, long sinceNanos) {}

    private final long nanos;
    private final LongSupplier clock;
    private final FairCache<CosResource, Entry> objects;

    /**
     * @param capacity objects
     * @param time     how long each is remembered
     * @param clock    nanoseconds, as of {@link System#nanoTime()}
     */
    AppendsInMemory(int capacity, Duration time, LongSupplier clock) {
        objects = new FairCache<>(capacity);
        this.nanos = time.toNanos();
        this.clock = clock;
    }

    @Override
    public void grew(ClientKey client, CosResource object, Grown state) {
        objects.put(client, object, new Entry(state, clock.getAsLong()));
    }

    @Override
    public Optional<Grown> find(CosResource object) {
        Entry entry = objects.get(object);
        return entry == null || isOver(entry) ? Optional.empty() : Optional.of(entry.state());
    }

    @Override
    public void forget(CosResource object) {
        objects.remove(object);
    }

    private boolean isOver(Entry entry) {
        return clock.getAsLong() - entry.sinceNanos() >= nanos;
    }
}
