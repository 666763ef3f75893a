package io.sealgate.integrity;

import io.sealgate.core.model.CosResource;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;

/** An {@link AppendLedger} of one process. When it is full the object that has not grown for longest is forgotten. Thread-safe. */
final class AppendsInMemory implements AppendLedger {

    private record Entry(Grown state, long sinceNanos) {}

    private final int capacity;
    private final long nanos;
    private final LongSupplier clock;
    private final LinkedHashMap<CosResource, Entry> objects = new LinkedHashMap<>();

    /**
     * @param capacity objects
     * @param time     how long each is remembered
     * @param clock    nanoseconds, as of {@link System#nanoTime()}
     */
    AppendsInMemory(int capacity, Duration time, LongSupplier clock) {
        this.capacity = capacity;
        this.nanos = time.toNanos();
        this.clock = clock;
    }

    @Override
    public synchronized void grew(CosResource object, Grown state) {
        objects.remove(object); // so that it goes to the end
        objects.put(object, new Entry(state, clock.getAsLong()));
        Iterator<Entry> oldest = objects.values().iterator();
        while (oldest.hasNext()) {
            boolean isOver = isOver(oldest.next());
            if (!isOver && objects.size() <= capacity) {
                return;
            }
            oldest.remove();
        }
    }

    @Override
    public synchronized Optional<Grown> find(CosResource object) {
        Entry entry = objects.get(object);
        return entry == null || isOver(entry) ? Optional.empty() : Optional.of(entry.state());
    }

    @Override
    public synchronized void forget(CosResource object) {
        objects.remove(object);
    }

    private boolean isOver(Entry entry) {
        return clock.getAsLong() - entry.sinceNanos() >= nanos;
    }
}
