package io.sealgate.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.core.spi.CertificateTerm.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateMetersTest {

    private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
    private static final CertificateTerm SERVER =
            new CertificateTerm(Kind.SERVER, "CN=gw.example", "1a", NOW.minusSeconds(30), NOW.plusSeconds(90));
    private static final CertificateTerm OLD_CA =
            new CertificateTerm(Kind.CA, "CN=CA", "1", NOW.minusSeconds(30), NOW.minusSeconds(5));
    private static final CertificateTerm NEW_CA =
            new CertificateTerm(Kind.CA, "CN=CA", "2", NOW.minusSeconds(30), NOW.plusSeconds(7));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new StoppedClock());
    private final GatewayMetrics metrics = new GatewayMetrics(registry);

    @Test
    void everyCertificateOfAListenerHasItsOwnTime() {
        metrics.certificates("edge", List.of(SERVER, OLD_CA, NEW_CA, SERVER));
        metrics.certificates("other", List.of(SERVER));

        assertThat(registry.find("sealgate.tls.certificate.remaining").gauges()).hasSize(4);
        assertThat(remaining("edge", "server", "1a")).isEqualTo(90);
        assertThat(remaining("edge", "ca", "1")).isEqualTo(-5);
        assertThat(remaining("edge", "ca", "2")).isEqualTo(7);
        assertThat(remaining("other", "server", "1a")).isEqualTo(90);
    }

    /** One metric, so that whoever watches the gateway's certificates watches all of them. */
    @Test
    void whatIsPresentedToAnOriginIsInTheSameMetric() {
        CertificateTerm own =
                new CertificateTerm(Kind.CLIENT, "CN=device", "7", NOW.minusSeconds(30), NOW.plusSeconds(60));
        metrics.certificates("cos", List.of(SERVER));
        metrics.originCertificates("cos", List.of(own));

        assertThat(registry.get("sealgate.tls.certificate.remaining")
                        .tags("listener", "", "origin", "cos", "kind", "client", "serial", "7")
                        .gauge()
                        .value())
                .isEqualTo(60);
        assertThat(remaining("cos", "server", "1a")).isEqualTo(90);
    }

    @Test
    void certificatesThatWereReplacedAreForgotten() {
        metrics.certificates("edge", List.of(SERVER, OLD_CA));
        metrics.certificates("edge", List.of(SERVER, NEW_CA));

        assertThat(registry.find("sealgate.tls.certificate.remaining").gauges())
                .extracting(gauge -> gauge.getId().getTag("serial"))
                .containsExactlyInAnyOrder("1a", "2");
    }

    @Test
    void ofTwoWithOneNameAndSerialTheFirstToEndIsShown() {
        CertificateTerm renewed =
                new CertificateTerm(Kind.CA, "CN=CA", "1", NOW.minusSeconds(30), NOW.plusSeconds(9000));

        metrics.certificates("edge", List.of(renewed, OLD_CA));
        metrics.certificates("other", List.of(OLD_CA, renewed));

        assertThat(remaining("edge", "ca", "1")).isEqualTo(-5);
        assertThat(remaining("other", "ca", "1")).isEqualTo(-5);
    }

    @Test
    void certificateThatIsNotValidYetHasANegativeAge() {
        CertificateTerm early =
                new CertificateTerm(Kind.SERVER, "CN=early", "9", NOW.plusSeconds(40), NOW.plusSeconds(90));
        CertificateTerm twin = new CertificateTerm(Kind.CA, "CN=CA", "1", NOW.plusSeconds(20), NOW.plusSeconds(90));
        metrics.certificates("edge", List.of(SERVER, early, OLD_CA, twin));
        metrics.originCertificates("cos", List.of(early));

        assertThat(age("edge", "1a")).isEqualTo(30);
        assertThat(age("edge", "9")).isEqualTo(-40);
        assertThat(age("edge", "1")).as("the last of two to begin").isEqualTo(-20);
        assertThat(age("", "9")).isEqualTo(-40);
    }

    private double age(String listener, String serial) {
        return registry.get("sealgate.tls.certificate.age")
                .tags("listener", listener, "serial", serial)
                .gauge()
                .value();
    }

    @Test
    void clientsAreADistributionWithoutNames() {
        metrics.handshakeCompleted("edge", "TLSv1.3", client(Duration.ofDays(2)));
        metrics.handshakeCompleted("edge", "TLSv1.3", client(Duration.ofDays(100)));
        metrics.handshakeCompleted("edge", "TLSv1.3", new ClientIdentity.Anonymous());

        DistributionSummary summary = registry.get("sealgate.tls.client.certificate.remaining")
                .tag("listener", "edge")
                .summary();
        assertThat(summary.count()).isEqualTo(2);
        assertThat(summary.max()).isEqualTo(100 * 86_400.0);
        assertThat(summary.getId().getTags()).hasSize(1);
        assertThat(summary.takeSnapshot().histogramCounts())
                .filteredOn(bucket -> bucket.count() == 1)
                .extracting(bucket -> bucket.bucket() / 86_400)
                .startsWith(3.0)
                .contains(90.0)
                .doesNotContain(1.0, 180.0);
    }

    private double remaining(String listener, String kind, String serial) {
        Gauge gauge = registry.get("sealgate.tls.certificate.remaining")
                .tags("listener", listener, "kind", kind, "serial", serial)
                .gauge();
        assertThat(gauge.getId()).extracting(Meter.Id::getBaseUnit).isEqualTo("seconds");
        return gauge.value();
    }

    private static ClientIdentity client(Duration left) {
        return new ClientIdentity.Certified(
                "CN=device-1", "device-1", List.of(), "1", "CN=CA", "00", "00", NOW.plus(left), List.of());
    }

    private static final class StoppedClock implements Clock {

        @Override
        public long wallTime() {
            return NOW.toEpochMilli();
        }

        @Override
        public long monotonicTime() {
            return 0;
        }
    }
}
