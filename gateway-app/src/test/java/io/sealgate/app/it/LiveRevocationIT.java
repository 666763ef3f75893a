package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.Pem;
import io.sealgate.certs.RevocationList;
import io.sealgate.certs.RevocationReason;
import io.sealgate.certs.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who was let in does not stay when its certificate is revoked, its CA removed, or its time over; nobody else notices. */
class LiveRevocationIT {

    private static final int LARGE = 12 * 1024 * 1024;
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    /** Less than TLS would otherwise wait for a client that does not read. */
    private static final Duration SOON = Duration.ofMillis(2500);

    /** Signed a day ago, and no good since an hour ago. */
    private static final Validity LATE = new Validity.Relative(Duration.ofDays(-1), Duration.ofHours(-1));

    @TempDir
    private Path directory;

    private Ground ground;

    private void start(String revocation) throws Exception {
        start(site -> site.revocation(revocation));
    }

    private void start(UnaryOperator<TestSite.Builder> options) throws Exception {
        ground = Ground.start(directory, 2, options);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private IssuedCertificate device(String name) {
        return ground.site().files().issueClient(name, name, List.of()).issued();
    }

    private void revoke(IssuedCertificate device) {
        ground.site().files().revoke(device.serial(), RevocationReason.KEY_COMPROMISE);
    }

    private double ended(String reason) throws Exception {
        return ground.metric("sealgate_connections_ended_total", "reason=\"" + reason + "\"");
    }

    private void awaitEnded(String reason, int count) throws Exception {
        Await.until("connections ended: " + reason, () -> ended(reason), seen -> seen == count);
    }

    @ParameterizedTest
    @EnumSource
    void anIdleConnectionIsEndedWhenItsDeviceIsRevoked(Protocol protocol) throws Exception {
        start("{crl: {files: [ca.crl]}}");
        IssuedCertificate device = device("lost");
        try (Peer peer = ground.connect(protocol, device);
                Peer other = ground.connect(protocol)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);
            assertThat(other.get("/probe").status()).isEqualTo(200);

            revoke(device);

            assertThat(peer.endsWithoutAnswer()).isTrue();
            assertThat(other.get("/probe").status()).isEqualTo(200);
            assertThat(ended("revoked")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatRunsIsFinishedAndNothingFollowsIt(Protocol protocol) throws Exception {
        start("{crl: {files: [ca.crl]}, deadline: 20s}");
        byte[] object = ground.store("large", LARGE);
        IssuedCertificate device = device("lost");
        try (Peer peer = ground.connect(protocol, device)) {
            peer.head("GET", "/large", Map.of(), false);
            revoke(device);
            awaitEnded("revoked", 1);

            PeerAnswer answer = peer.answer();

            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(object);
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1, deadline: 300ms", "HTTP_2, deadline: 300ms",
        "HTTP_1, on-revocation: close", "HTTP_2, on-revocation: close"
    })
    void whatRunsIsCutOffAtTheDeadlineOrWhereItSaysClose(Protocol protocol, String patience) throws Exception {
        start("{crl: {files: [ca.crl]}, " + patience + "}");
        ground.store("large", LARGE);
        IssuedCertificate device = device("lost");
        try (Peer peer = ground.connect(protocol, device)) {
            peer.head("GET", "/large", Map.of(), false);
            Await.until("origin asked", () -> ground.metric("sealgate_upstream_connections"), open -> open == 1);
            revoke(device);
            awaitEnded("revoked", 1);
            Await.until("cut off", SOON, () -> ground.metric("sealgate_connections"), open -> open == 0);

            PeerAnswer answer = peer.answer();

            assertThat(answer.whole()).isFalse();
            ground.awaitNoConnections();
        }
    }

    @ParameterizedTest
    @EnumSource
    void removingACaEndsItsDevicesAndNoOthers(Protocol protocol) throws Exception {
        start(site -> site);
        CertificateAuthority leaving = CertificateAuthority.root("Leaving CA");
        Path bundle = ground.site().files().certificateFile();
        String alone = Files.readString(bundle);
        IssuedCertificate its = leaving.issue(CertificateSpec.client("device"));
        FileSwap.replace(bundle, alone + Pem.certificate(leaving.certificate()));
        ground.awaitReload("trust", 1);
        try (Peer peer = ground.connect(protocol, its);
                Peer other = ground.connect(protocol)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);
            assertThat(other.get("/probe").status()).isEqualTo(200);

            FileSwap.replace(bundle, alone);

            assertThat(peer.endsWithoutAnswer()).isTrue();
            assertThat(other.get("/probe").status()).isEqualTo(200);
            assertThat(ended("unknown-ca")).isEqualTo(1);
        }
    }

    @Test
    void connectionsEndWithTheirCertificate() throws Exception {
        start(site -> site);
        IssuedCertificate brief = ground.site()
                .authority()
                .issue(CertificateSpec.client("brief").withValidity(Validity.lasting(Duration.ofSeconds(3))));
        try (Peer one = ground.connect(Protocol.HTTP_1, brief);
                Peer other = ground.connect(Protocol.HTTP_2, brief)) {
            assertThat(one.get("/probe").status()).isEqualTo(200);
            assertThat(other.get("/probe").status()).isEqualTo(200);

            assertThat(one.endsWithoutAnswer()).isTrue();

            assertThat(other.endsWithoutAnswer()).isTrue();
            assertThat(ended("expired")).isEqualTo(2);
        }
    }

    @Test
    void connectionsEndWithACaOfTheirPath() throws Exception {
        start(site -> site);
        CertificateAuthority brief = ground.site()
                .authority()
                .issueAuthority(
                        CertificateSpec.authority("brief").withValidity(Validity.lasting(Duration.ofSeconds(3))));
        try (Peer one = ground.connect(Protocol.HTTP_1, brief.issue(CertificateSpec.client("one")));
                Peer other = ground.connect(Protocol.HTTP_1)) {
            assertThat(one.get("/probe").status()).isEqualTo(200);
            assertThat(other.get("/probe").status()).isEqualTo(200);

            assertThat(one.endsWithoutAnswer()).isTrue();

            assertThat(other.get("/probe").status()).isEqualTo(200);
            assertThat(ended("expired")).isEqualTo(1);
        }
    }

    @Test
    void revokingOneOfManyUnderLoadEndsItAndFailsNobodyElse() throws Exception {
        revokeOneOf(40);
    }

    @Tag("full")
    @Test
    void revokingOneOfTwoHundredUnderLoadEndsItAndFailsNobodyElse() throws Exception {
        revokeOneOf(200);
    }

    private void revokeOneOf(int count) throws Exception {
        start("{crl: {files: [ca.crl]}, deadline: " + DEADLINE.toSeconds() + "s}");
        List<IssuedCertificate> devices = new ArrayList<>();
        devices.add(device("lost"));
        for (int i = 1; i < count; i++) {
            devices.add(ground.site().authority().issue(CertificateSpec.client("device-" + i)));
        }
        try (Fleet fleet = new Fleet(ground, devices)) {
            fleet.start(4);
            fleet.awaitAnotherRound();
            Fleet.Member lost = fleet.members().get(0);

            long revokedAt = System.nanoTime();
            revoke(lost.certificate());
            Await.until("the revoked device has ended", lost::hasEnded, ended -> ended);
            fleet.awaitAnotherRound();

            assertThat(lost.endedAfter(revokedAt)).isLessThan(DEADLINE);
            assertThat(fleet.members()).filteredOn(Fleet.Member::hasEnded).containsExactly(lost);
            assertThat(ended("revoked")).isEqualTo(1);
        }
    }

    @Test
    void aBrokenListEndsNobodyAndTheLastGoodOneStaysInForce() throws Exception {
        start("{crl: {files: [ca.crl]}}");
        IssuedCertificate lost = device("lost");
        revoke(lost);
        ground.awaitReload("crl", 1);
        try (Peer peer = ground.connect(Protocol.HTTP_1)) {
            FileSwap.replace(ground.site().files().crlFile(), "not a list");
            Await.until("reload failed", () -> ground.reloads("crl", "failed"), seen -> seen == 1);

            assertThat(peer.get("/probe").status()).isEqualTo(200);
        }
        try (Peer refused = ground.connect(Protocol.HTTP_1, lost)) {
            assertThat(refused.get("/probe").status()).isZero();
        }
    }

    /** A CA that publishes late must not cut off everybody whom it has certified. */
    @Test
    void aLateListKeepsNewDevicesOutAndEndsNobody() throws Exception {
        start("{crl: {files: [ca.crl]}}");
        IssuedCertificate newcomer = device("newcomer");
        X509CRL late = ground.site().authority().sign(new RevocationList(1000, List.of()), LATE);
        try (Peer peer = ground.connect(Protocol.HTTP_1)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);

            double loaded = ground.reloads("crl", "succeeded");
            FileSwap.replace(ground.site().files().crlFile(), Pem.crl(late));
            ground.awaitReload("crl", loaded + 1);

            assertThat(isLetIn(newcomer)).isFalse();
            awaitRefused("crl-stale");
            assertThat(peer.get("/probe").status()).isEqualTo(200);
        }
    }

    @Test
    void aNewCaWithoutAListKeepsOutItsOwnDevicesOnly() throws Exception {
        start("{crl: {files: [ca.crl]}}");
        CertificateAuthority coming = CertificateAuthority.root("Coming CA");
        IssuedCertificate its = coming.issue(CertificateSpec.client("device"));
        Path bundle = ground.site().files().certificateFile();

        FileSwap.replace(bundle, Files.readString(bundle) + Pem.certificate(coming.certificate()));
        ground.awaitReload("trust", 1);

        assertThat(isLetIn(its)).isFalse();
        awaitRefused("crl-missing");
        assertThat(isLetIn(device("other"))).isTrue();
    }

    /** The device may read of it before it is counted. */
    private void awaitRefused(String reason) throws Exception {
        Await.until("handshakes refused: " + reason, () -> refused(reason), count -> count == 1);
    }

    /** TLS 1.3 tells a client that it is refused when it first reads. */
    private boolean isLetIn(IssuedCertificate device) throws Exception {
        try (Peer peer = ground.connect(Protocol.HTTP_1, device)) {
            return peer.get("/probe").status() == 200;
        }
    }

    private double refused(String reason) throws Exception {
        return ground.metric("sealgate_handshakes_total", "outcome=\"refused\"", "reason=\"" + reason + "\"");
    }
}
