package io.sealgate.core.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sealgate.core.spi.OverloadListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code sealgate.overload}: what the process is short of now, and whom it refused for that, all there from the start; and what it could
 * not hold for a verdict. Thread-safe.
 */
final class OverloadMeters implements OverloadListener {

    private final MeterRegistry registry;
    private final Map<Resource, AtomicInteger> states = new ConcurrentHashMap<>();

    OverloadMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Resource resource : Resource.values()) {
            state(resource);
            for (Scope scope : Scope.values()) {
                refusals(resource, scope);
            }
        }
    }

    @Override
    public void began(Resource resource) {
        state(resource).set(1);
    }

    @Override
    public void ended(Resource resource) {
        state(resource).set(0);
    }

    @Override
    public void refused(Resource resource, Scope scope) {
        refusals(resource, scope).increment();
    }

    @Override
    public void unheld(String route, Room room) {
        Counter.builder("sealgate.integrity.verify.buffer.full")
                .description("Bodies that were verified while they streamed, for want of room to hold them")
                .tags("route", route, "scope", room.label())
                .register(registry)
                .increment();
    }

    private AtomicInteger state(Resource resource) {
        return states.computeIfAbsent(resource, absent -> {
            AtomicInteger state = new AtomicInteger();
            Gauge.builder("sealgate.overload", state, AtomicInteger::get)
                    .description("1 while there is none left for anybody")
                    .tag("resource", absent.label())
                    .register(registry);
            return state;
        });
    }

    private Counter refusals(Resource resource, Scope scope) {
        return Counter.builder("sealgate.overload.refused")
                .description("Requests refused for want of it: of the client's share, or of everybody's")
                .tags("resource", resource.label(), "scope", scope.label())
                .register(registry);
    }
}
