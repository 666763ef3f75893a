package io.sealgate.core.observe;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.spi.CertificateTerm;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * How long certificates are still valid: each of the gateway's own, clients' only as a distribution, for their names are not to
 * become tags. Thread-safe.
 */
final class CertificateMeters {

    /** From too late for anything but a call to the operator's usual rotation. */
    private static final double[] REMAINING = Arrays.stream(new int[] {1, 3, 7, 14, 30, 60, 90, 180, 365})
            .mapToDouble(days -> (double) Duration.ofDays(days).toSeconds())
            .toArray();

    private final MeterRegistry registry;
    private final Map<Tags, Gauges> own = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> clients = new ConcurrentHashMap<>();

    CertificateMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Replaces what was said of the listener before. */
    void ofListener(String listener, List<CertificateTerm> terms) {
        show(Tags.of("listener", listener, "origin", ""), terms);
    }

    /** Replaces what was said of the origin before. */
    void ofOrigin(String origin, List<CertificateTerm> terms) {
        show(Tags.of("listener", "", "origin", origin), terms);
    }

    private void show(Tags owner, List<CertificateTerm> terms) {
        Gauges gauges = own.computeIfAbsent(owner, tags -> new Gauges(registry, tags));
        Comparator<CertificateTerm> byEnd = Comparator.comparing(CertificateTerm::notAfter);
        Comparator<CertificateTerm> byBeginning = Comparator.comparing(CertificateTerm::notBefore);
        show(gauges.remaining(), terms, BinaryOperator.minBy(byEnd), term -> remaining(term.notAfter()));
        show(gauges.age(), terms, BinaryOperator.maxBy(byBeginning), term -> -remaining(term.notBefore()));
    }

    /**
     * One for each set of tags, the worst: a CA may be there twice under one name and serial number, renewed or signed
     * by two others, and of two rows with the same tags the registry would keep either.
     */
    private static void show(
            MultiGauge gauge,
            List<CertificateTerm> terms,
            BinaryOperator<CertificateTerm> worse,
            ToDoubleFunction<CertificateTerm> value) {
        Map<Tags, CertificateTerm> worst = new LinkedHashMap<>();
        terms.forEach(term -> worst.merge(tags(term), term, worse));
        gauge.register(
                worst.values().stream()
                        .map(term -> MultiGauge.Row.of(tags(term), term, value))
                        .toList(),
                true);
    }

    private static Tags tags(CertificateTerm term) {
        return Tags.of("kind", term.kind().label(), "subject", term.subject(), "serial", term.serial());
    }

    /** Those of one listener or origin. */
    private record Gauges(MultiGauge remaining, MultiGauge age) {

        Gauges(MeterRegistry registry, Tags owner) {
            this(
                    MultiGauge.builder("sealgate.tls.certificate.remaining")
                            .description(
                                    "How long a certificate of a listener or towards an origin is still valid; negative after that")
                            .baseUnit("seconds")
                            .tags(owner)
                            .register(registry),
                    MultiGauge.builder("sealgate.tls.certificate.age")
                            .description(
                                    "How long a certificate of a listener or towards an origin has been valid; negative before that")
                            .baseUnit("seconds")
                            .tags(owner)
                            .register(registry));
        }
    }

    /** A client has proven to be {@code client}. */
    void seen(String listener, ClientIdentity client) {
        if (client instanceof ClientIdentity.Certified certified) {
            clients.computeIfAbsent(listener, this::summary).record(remaining(certified.notAfter()));
        }
    }

    private DistributionSummary summary(String listener) {
        return DistributionSummary.builder("sealgate.tls.client.certificate.remaining")
                .description("How long the certificates of clients that connected were still valid")
                .baseUnit("seconds")
                .tag("listener", listener)
                .serviceLevelObjectives(REMAINING)
                .register(registry);
    }

    private double remaining(Instant notAfter) {
        Instant now = Instant.ofEpochMilli(registry.config().clock().wallTime());
        return Duration.between(now, notAfter).toMillis() / 1000.0;
    }
}
