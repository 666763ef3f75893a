package io.sealgate.core.observe;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sealgate.core.spi.ReloadListener.Material;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code sealgate.reload}: changes of files, and what is failing now; all there from the start. Thread-safe. */
final class ReloadMeters {

    private final Map<Material, Of> all = new EnumMap<>(Material.class);

    /** Those of one kind of files. */
    private record Of(Counter succeeded, Counter failed, AtomicInteger failing) {}

    ReloadMeters(MeterRegistry registry) {
        for (Material what : Material.values()) {
            AtomicInteger failing = new AtomicInteger();
            Gauge.builder("sealgate.reload.failing", failing, AtomicInteger::get)
                    .description("Files, or sets of files that are read together, that are no good now")
                    .tag("what", what.label())
                    .register(registry);
            all.put(what, new Of(counter(registry, what, "succeeded"), counter(registry, what, "failed"), failing));
        }
    }

    private static Counter counter(MeterRegistry registry, Material what, String outcome) {
        return Counter.builder("sealgate.reload")
                .description("Files that changed")
                .tags("what", what.label(), "outcome", outcome)
                .register(registry);
    }

    void reloaded(Material what, boolean succeeded) {
        Of one = of(what);
        (succeeded ? one.succeeded() : one.failed()).increment();
    }

    private Of of(Material what) {
        return requireNonNull(all.get(what), "meters: none (expected: of each kind)");
    }

    /** One more is failing, or one less. */
    void failing(Material what, boolean isFailing) {
        of(what).failing().addAndGet(isFailing ? 1 : -1);
    }
}
