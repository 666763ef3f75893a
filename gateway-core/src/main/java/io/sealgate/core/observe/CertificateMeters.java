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
import java.util.stream.Stream;

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
    private final Map<Tags, MultiGauge> own = new ConcurrentHashMap<>();
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
        own.computeIfAbsent(owner, this::gauges)
                .register(firstToEnd(terms).map(this::row).toList(), true);
    }

    /**
     * One for each set of tags, the one that ends first: a CA may be there twice under one name and serial number,
     * renewed or signed by two others, and of two rows with the same tags the registry would keep either.
     */
    private static Stream<CertificateTerm> firstToEnd(List<CertificateTerm> terms) {
        Map<Tags, CertificateTerm> first = new LinkedHashMap<>();
        terms.forEach(term ->
                first.merge(tags(term), term, BinaryOperator.minBy(Comparator.comparing(CertificateTerm::notAfter))));
        return first.values().stream();
    }

    private static Tags tags(CertificateTerm term) {
        return Tags.of("kind", term.kind().label(), "subject", term.subject(), "serial", term.serial());
    }

    private MultiGauge gauges(Tags owner) {
        return MultiGauge.builder("sealgate.tls.certificate.remaining")
                .description(
                        "How long a certificate of a listener or towards an origin is still valid; negative after that")
                .baseUnit("seconds")
                .tags(owner)
                .register(registry);
    }

    private MultiGauge.Row<CertificateTerm> row(CertificateTerm term) {
        return MultiGauge.Row.of(tags(term), term, t -> remaining(t.notAfter()));
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
