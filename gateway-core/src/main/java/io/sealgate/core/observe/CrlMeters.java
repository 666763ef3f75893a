package io.sealgate.core.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.sealgate.core.spi.CrlStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;

/** The meters of revocation lists. Tags are the names of files and of CAs, both the operator's own. Thread-safe. */
final class CrlMeters {

    private static final double NANOS = 1e9;

    private final MeterRegistry registry;
    private final Map<String, Gauges> gauges = new ConcurrentHashMap<>();

    CrlMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void loaded(String listener, List<CrlStatus> lists, List<String> lost) {
        Gauges all = gauges.computeIfAbsent(listener, name -> new Gauges(registry, name));
        all.show(lists);
        all.showLost(lost);
    }

    void staleAccepted(String listener, String authority) {
        Counter.builder("sealgate.tls.crl.stale.accepted")
                .description("Clients let in although a revocation list is stale")
                .tags("listener", listener, "issuer", authority)
                .register(registry)
                .increment();
    }

    /** Those of one listener: all lists at once, so that one that is gone leaves nothing behind. */
    private record Gauges(MultiGauge nextUpdate, MultiGauge entries, MultiGauge load, MultiGauge lost) {

        Gauges(MeterRegistry registry, String listener) {
            this(
                    MultiGauge.builder("sealgate.tls.crl.next.update")
                            .description("Until the list's nextUpdate; below zero it is stale")
                            .baseUnit("seconds")
                            .tag("listener", listener)
                            .register(registry),
                    MultiGauge.builder("sealgate.tls.crl.entries")
                            .description("Certificates that the list revokes")
                            .tag("listener", listener)
                            .register(registry),
                    MultiGauge.builder("sealgate.tls.crl.load")
                            .description("What it took to read and verify the list")
                            .baseUnit("seconds")
                            .tag("listener", listener)
                            .register(registry),
                    MultiGauge.builder("sealgate.tls.crl.lost")
                            .description("1 for a trusted CA that has had a list which no file and no URL has any more")
                            .tag("listener", listener)
                            .register(registry));
        }

        void show(List<CrlStatus> all) {
            List<CrlStatus> lists = firstToEnd(all);
            show(nextUpdate, lists, list -> seconds(Duration.between(Instant.now(), list.nextUpdate())));
            show(entries, lists, CrlStatus::entries);
            show(load, lists, list -> seconds(list.reading()));
        }

        /**
         * One for each set of tags, the one that is stale first: a file may have had lists of two CAs with one name, one
         * after the other, and of two rows with the same tags the registry would keep either.
         */
        private static List<CrlStatus> firstToEnd(List<CrlStatus> all) {
            Map<Tags, CrlStatus> first = new LinkedHashMap<>();
            all.forEach(list ->
                    first.merge(tags(list), list, BinaryOperator.minBy(Comparator.comparing(CrlStatus::nextUpdate))));
            return List.copyOf(first.values());
        }

        private static Tags tags(CrlStatus list) {
            return Tags.of("file", list.file(), "issuer", list.issuer());
        }

        void showLost(List<String> issuers) {
            lost.register(
                    issuers.stream()
                            .map(issuer -> Row.of(Tags.of("issuer", issuer), 1))
                            .toList(),
                    true);
        }

        private static void show(MultiGauge gauge, List<CrlStatus> lists, ToDoubleFunction<CrlStatus> value) {
            gauge.register(
                    lists.stream().map(list -> Row.of(tags(list), list, value)).toList(), true);
        }

        private static double seconds(Duration duration) {
            return duration.getSeconds() + duration.getNano() / NANOS;
        }
    }
}
