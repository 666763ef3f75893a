package io.sealgate.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sealgate.core.error.UpstreamFailure;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.CrlStatus;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.OverloadListener.Room;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.TapResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GatewayMetrics metrics = new GatewayMetrics(registry);

    @Test
    void anExchangeIsTimedUnderItsTags() {
        metrics.finished(Reports.upload());
        metrics.finished(Reports.upload());

        assertThat(registry.get("sealgate.exchanges")
                        .tags("listener", "edge", "route", "telemetry", "operation", "PutObject")
                        .tags("status", "2xx", "outcome", "completed", "source", "none")
                        .timer())
                .satisfies(timer -> {
                    assertThat(timer.count()).isEqualTo(2);
                    assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(14);
                });
        assertThat(registry.get("sealgate.request.bytes")
                        .tag("route", "telemetry")
                        .counter()
                        .count())
                .isEqualTo(20);
        assertThat(registry.get("sealgate.response.bytes")
                        .tag("route", "telemetry")
                        .counter()
                        .count())
                .isEqualTo(6);
        assertThat(registry.get("sealgate.integrity.checks")
                        .tags("direction", "upload", "algorithm", "md5", "outcome", "matched", "reason", "none")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void everyKindOfReloadIsThereFromTheStart() {
        for (ReloadListener.Material what : ReloadListener.Material.values()) {
            assertThat(registry.get("sealgate.reload").tag("what", what.label()).counters())
                    .extracting(counter -> counter.getId().getTag("outcome") + " " + counter.count())
                    .containsExactlyInAnyOrder("succeeded 0.0", "failed 0.0");
            assertThat(failing(what)).isZero();
        }
    }

    @Test
    void whatIsFailingIsShownUntilItIsGoodAgain() {
        ReloadLog log = new ReloadLog(metrics);
        log.failing(ReloadListener.Material.CRL, "edge", true);
        log.failing(ReloadListener.Material.CRL, "edge", true);
        log.failing(ReloadListener.Material.CRL, "edge", false);
        assertThat(failing(ReloadListener.Material.CRL)).isOne();
        assertThat(failing(ReloadListener.Material.TRUST)).isZero();

        log.failing(ReloadListener.Material.CRL, "edge", false);
        assertThat(failing(ReloadListener.Material.CRL)).isZero();
    }

    private double failing(ReloadListener.Material what) {
        return registry.get("sealgate.reload.failing")
                .tag("what", what.label())
                .gauge()
                .value();
    }

    @Test
    void whatCouldNotBeComparedIsCountedWithItsReason() {
        metrics.finished(Reports.upload(new TapResult.NotChecked("crc64", "1", "absent")));

        assertThat(registry.get("sealgate.integrity.checks")
                        .tags("direction", "upload", "algorithm", "crc64", "outcome", "not_checked", "reason", "absent")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatBecameOfACorruptVersionIsCounted() {
        metrics.finished(Reports.withCorruptVersion(CorruptVersion.Outcome.NOT_VERSIONED));

        assertThat(registry.get("sealgate.integrity.corrupt.versions")
                        .tags("outcome", "not_versioned")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatIsUnknownIsTaggedNone() {
        metrics.finished(Reports.refused());

        assertThat(registry.get("sealgate.exchanges")
                        .tags("route", "none", "operation", "none", "status", "4xx", "source", "policy")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatFindsNoRoomToBeHeldIsCounted() {
        metrics.unheld("telemetry", Room.CLIENT);

        assertThat(registry.get("sealgate.integrity.verify.buffer.full")
                        .tags("route", "telemetry", "scope", "client")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theKernelIsToldByItsName() {
        metrics.crc64Kernel("isal");

        assertThat(registry.get("sealgate.crc64.kernel")
                        .tag("kernel", "isal")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void listsAreShownUntilTheyAreReplaced() {
        CrlStatus old = list("old.crl", 7, Duration.ofHours(-1));
        metrics.crls("edge", List.of(old, list("other.crl", 1, Duration.ofHours(1))), List.of());
        metrics.crls(
                "edge",
                List.of(list("new.crl", 8, Duration.ofHours(1)), list("other.crl", 1, Duration.ofHours(1))),
                List.of());

        assertThat(registry.find("sealgate.tls.crl.entries")
                        .tag("file", "old.crl")
                        .gauge())
                .isNull();
        assertThat(registry.get("sealgate.tls.crl.entries")
                        .tags("listener", "edge", "file", "new.crl", "issuer", "CN=CA")
                        .gauge()
                        .value())
                .isEqualTo(8);
        assertThat(registry.get("sealgate.tls.crl.next.update")
                        .tag("file", "new.crl")
                        .gauge()
                        .value())
                .isBetween(3500.0, 3600.0);
        assertThat(registry.get("sealgate.tls.crl.load")
                        .tag("file", "new.crl")
                        .gauge()
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void casWhoseListIsGoneAreShownUntilTheyHaveOneAgain() {
        metrics.crls("edge", List.of(), List.of("CN=CA", "CN=Other"));
        metrics.crls("edge", List.of(), List.of("CN=Other"));

        assertThat(registry.find("sealgate.tls.crl.lost").gauges())
                .singleElement()
                .satisfies(gauge -> {
                    assertThat(gauge.getId().getTag("issuer")).isEqualTo("CN=Other");
                    assertThat(gauge.value()).isEqualTo(1);
                });
    }

    @Test
    void staleListHasNegativeTimeLeft() {
        metrics.crls("edge", List.of(list("old.crl", 7, Duration.ofHours(-1))), List.of());

        assertThat(registry.get("sealgate.tls.crl.next.update").gauge().value()).isNegative();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoListsWithOneNameTheFirstToBeStaleIsShown(boolean isFirst) {
        CrlStatus kept = list("ca.crl", 7, Duration.ofHours(-1));
        CrlStatus read = list("ca.crl", 8, Duration.ofHours(1)); // of a CA with the same name and another key
        metrics.crls("edge", isFirst ? List.of(kept, read) : List.of(read, kept), List.of());

        assertThat(registry.get("sealgate.tls.crl.next.update").gauge().value()).isNegative();
        assertThat(registry.get("sealgate.tls.crl.entries").gauge().value()).isEqualTo(7);
    }

    @Test
    void clientsLetInWithAStaleListAreCounted() {
        metrics.staleCrlAccepted("edge", "CN=CA");
        metrics.staleCrlAccepted("edge", "CN=CA");

        assertThat(registry.get("sealgate.tls.crl.stale.accepted")
                        .tags("listener", "edge", "issuer", "CN=CA")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private static CrlStatus list(String file, long entries, Duration left) {
        return new CrlStatus(file, "CN=CA", entries, Instant.now().plus(left), Duration.ofMillis(500));
    }

    @Test
    void openConnectionsAreCountedUpAndDown() {
        metrics.opened("edge");
        metrics.opened("edge");
        metrics.closed("edge");
        metrics.upstreamOpened("cos");

        assertThat(registry.get("sealgate.connections")
                        .tag("listener", "edge")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("sealgate.upstream.connections")
                        .tag("origin", "cos")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void handshakesAreCountedByReason() {
        metrics.handshakeCompleted("edge", "TLSv1.3", new ClientIdentity.Anonymous());
        metrics.handshakeRefused("edge", new InetSocketAddress(1), HandshakeRefusal.UNKNOWN_CA, null);
        metrics.turnedAway("edge", ConnectionListener.Shortage.FULL);
        metrics.upstreamFailed("cos", UpstreamFailure.TIMEOUT, new IOException("refused"));

        assertThat(registry.get("sealgate.handshakes")
                        .tags("outcome", "completed", "protocol", "TLSv1.3", "reason", "none")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("sealgate.handshakes")
                        .tags("outcome", "refused", "protocol", "none", "reason", "unknown-ca")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("sealgate.connections.turned.away").counter().count())
                .isEqualTo(1);
        assertThat(registry.get("sealgate.upstream.connections.failed")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void noTagComesFromWhatAClientSends() {
        metrics.finished(Reports.upload());
        metrics.finished(Reports.refused());

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .flatExtracting(Meter.Id::getTags)
                .filteredOn(tag -> !tag.getKey().equals("scope")) // "client" is a word of its own there
                .extracting(Tag::getValue)
                .doesNotContain("/key", "localhost", "client", "id", "PUT", "GET");
    }

    @Test
    void everyNameBeginsWithSealgate() {
        metrics.finished(Reports.upload());

        assertThat(registry.getMeters())
                .isNotEmpty()
                .extracting(meter -> meter.getId().getName())
                .allMatch(name -> name.startsWith("sealgate."))
                .contains("sealgate.netty.direct.memory");
    }
}
