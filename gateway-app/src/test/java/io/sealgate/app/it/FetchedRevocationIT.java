package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.Pem;
import io.sealgate.certs.RevocationList;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Devices judged by lists that the gateway fetches, and what it does not let itself be led to. */
class FetchedRevocationIT {

    private static final String QUICK = "interval: 100ms, allowed-addresses: [127.0.0.1/32]";

    @TempDir
    private Path directory;

    private ListServer lists;
    private Ground ground;

    @BeforeEach
    void start() throws Exception {
        lists = ListServer.start();
    }

    @AfterEach
    void stop() {
        if (ground != null) {
            ground.close();
        }
        lists.close();
    }

    private void gateway(String revocation) throws Exception {
        ground = Ground.start(
                directory, 1, site -> site.revocation(revocation, ca -> publish(ca, ca.sign(RevocationList.empty()))));
    }

    private void publish(CertificateAuthority authority, X509CRL crl) throws Exception {
        assertThat(crl.getIssuerX500Principal())
                .isEqualTo(authority.certificate().getSubjectX500Principal());
        lists.put("/ca.crl", crl.getEncoded());
    }

    private CertificateAuthority authority() {
        return ground.site().authority();
    }

    private IssuedCertificate device(String name) {
        return authority().issue(CertificateSpec.client(name));
    }

    private IssuedCertificate device(String name, URI point) {
        return authority().issue(CertificateSpec.client(name).withCrlUrl(point));
    }

    private void revoke(IssuedCertificate device) throws Exception {
        publish(
                authority(),
                authority().sign(RevocationList.empty().with(authority().revocationOf(device.certificate()))));
    }

    private int status(IssuedCertificate device) throws Exception {
        try (Peer peer = ground.connect(Protocol.HTTP_1, device)) {
            return peer.get("/probe").status();
        }
    }

    private double fetches(String kind, String outcome) throws Exception {
        return ground.metric(
                "sealgate_revocation_fetches_total", "kind=\"" + kind + "\"", "outcome=\"" + outcome + "\"");
    }

    private double refused(String reason) throws Exception {
        return ground.metric("sealgate_handshakes_total", "reason=\"" + reason + "\"");
    }

    @Test
    void aListAtAUrlIsThereBeforeTheFirstDeviceAndRenewedWhileItStays() throws Exception {
        gateway("{crl: {urls: ['" + lists.url("/ca.crl") + "']}, fetch: {" + QUICK + "}}");
        IssuedCertificate lost = device("lost");
        try (Peer peer = ground.connect(Protocol.HTTP_1, lost);
                Peer other = ground.connect(Protocol.HTTP_1, device("other"))) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);

            revoke(lost);

            assertThat(peer.endsWithoutAnswer()).isTrue();
            assertThat(other.get("/probe").status()).isEqualTo(200);
        }
        assertThat(status(lost)).isZero();
        assertThat(fetches("crl_url", "fetched")).isEqualTo(2);
        Await.until("fetches", () -> fetches("crl_url", "unchanged"), count -> count > 0);
        assertThat(ground.metric("sealgate_tls_crl_entries", "file=\"" + lists.url("/ca.crl") + "\""))
                .isEqualTo(1);
    }

    @Test
    void aUrlThatCannotBeReachedKeepsDevicesOutUntilItCan() throws Exception {
        gateway("{crl: {urls: ['" + lists.url("/later.crl") + "']}, fetch: {" + QUICK + "}}");
        IssuedCertificate device = device("device");
        assertThat(status(device)).isZero();
        assertThat(refused("crl-missing")).isEqualTo(1);
        assertThat(fetches("crl_url", "status")).isPositive();

        lists.put("/later.crl", authority().sign(RevocationList.empty()).getEncoded());

        Await.until("let in", () -> status(device), status -> status == 200);
    }

    @Test
    void aListThatIsNoGoodKeepsNoOtherOfItsUrlFromBeingRenewed() throws Exception {
        gateway("{crl: {urls: ['" + lists.url("/ca.crl") + "']}, fetch: {" + QUICK + "}}");
        IssuedCertificate lost = device("lost");
        assertThat(status(lost)).isEqualTo(200);
        RevocationList revoking = RevocationList.empty().with(authority().revocationOf(lost.certificate()));
        String strangers = Pem.crl(CertificateAuthority.root("Stranger").sign(RevocationList.empty()));

        lists.put("/ca.crl", (strangers + Pem.crl(authority().sign(revoking))).getBytes(StandardCharsets.US_ASCII));

        Await.until("revoked", () -> status(lost), status -> status == 0);
        assertThat(refused("revoked")).isPositive();
        assertThat(fetches("crl_url", "wrong_issuer")).isPositive();
    }

    @Test
    void aListThatTurnsBadLeavesTheLastGoodOneInForce() throws Exception {
        gateway("{crl: {urls: ['" + lists.url("/ca.crl") + "']}, fetch: {" + QUICK + "}}");
        IssuedCertificate lost = device("lost");
        revoke(lost);
        Await.until("revoked", () -> status(lost), status -> status == 0);

        lists.put("/ca.crl", authority().sign(RevocationList.empty()).getEncoded());
        Await.until("older", () -> fetches("crl_url", "older"), count -> count > 0);
        lists.put("/ca.crl", "not a list".getBytes(StandardCharsets.US_ASCII));
        Await.until("malformed", () -> fetches("crl_url", "malformed"), count -> count > 0);
        lists.put(
                "/ca.crl",
                CertificateAuthority.root("Stranger")
                        .sign(RevocationList.empty())
                        .getEncoded());
        Await.until("of a stranger", () -> fetches("crl_url", "wrong_issuer"), count -> count > 0);

        assertThat(status(lost)).isZero();
        assertThat(status(device("other"))).isEqualTo(200);
    }

    @Test
    void aDistributionPointIsAskedInTheHandshakeAndOnce() throws Exception {
        gateway("{crl: {distribution-points: allowed-hosts}, fetch: {allowed-hosts: ['127.0.0.1:" + lists.port()
                + "'], allowed-addresses: [127.0.0.1/32]}}");
        IssuedCertificate device = device("device", lists.url("/ca.crl"));
        IssuedCertificate lost = device("lost", lists.url("/ca.crl"));
        revoke(lost);

        assertThat(status(device)).isEqualTo(200);
        assertThat(status(lost)).isZero();

        assertThat(refused("revoked")).isEqualTo(1);
        assertThat(lists.requests()).isEqualTo(1);
        assertThat(fetches("distribution_point", "fetched")).isEqualTo(1);
    }

    /** What a distribution point serves after it has served a list on which a device is. */
    private enum Instead {
        NOTHING("status"),
        THE_LIST_OF_A_STRANGER("wrong_issuer"),
        THE_LIST_BEFORE("older");

        private final String outcome;

        Instead(String outcome) {
            this.outcome = outcome;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDistributionPointThatDropsItsListLetsNobodyBackIn(Instead instead) throws Exception {
        gateway("{crl: {distribution-points: allowed-hosts, check: chain-if-available}, fetch: {" + QUICK
                + ", allowed-hosts: ['127.0.0.1:" + lists.port() + "']}}");
        IssuedCertificate lost = device("lost", lists.url("/ca.crl"));
        byte[] before = authority().sign(RevocationList.empty()).getEncoded();
        revoke(lost);
        assertThat(status(device("good", lists.url("/ca.crl")))).isEqualTo(200);

        switch (instead) {
            case NOTHING -> lists.remove("/ca.crl");
            case THE_LIST_OF_A_STRANGER ->
                lists.put(
                        "/ca.crl",
                        CertificateAuthority.root("Stranger")
                                .sign(RevocationList.empty())
                                .getEncoded());
            case THE_LIST_BEFORE -> lists.put("/ca.crl", before);
        }
        Await.until("fetched again", () -> fetches("distribution_point", instead.outcome), count -> count > 0);

        assertThat(status(lost)).isZero();
        assertThat(refused("revoked")).isEqualTo(1);
        assertThat(status(device("other", lists.url("/ca.crl")))).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource({
        "http://127.0.0.1:PORT/ca.crl, allowed-hosts: ['127.0.0.1:PORT'], 0, refused_address",
        "http://localhost:PORT/ca.crl, allowed-hosts: ['localhost:PORT'], 0, refused_address",
        "http://169.254.169.254/ca.crl, allowed-hosts: ['169.254.169.254'], 0, refused_address",
        "http://127.0.0.1:PORT/ca.crl, allowed-addresses: [127.0.0.0/8], 0, refused_host",
        "ldap://127.0.0.1:PORT/ca.crl, allowed-addresses: [127.0.0.0/8], 0, refused_scheme",
        "http://127.0.0.1:PORT/elsewhere, 'allowed-hosts: [\"127.0.0.1:PORT\"], allowed-addresses: [127.0.0.1/32]', 1, redirect",
        "http://127.0.0.1:PORT/never, 'timeout: 300ms, allowed-hosts: [\"127.0.0.1:PORT\"], allowed-addresses: [127.0.0.1/32]', 1, timeout",
        "http://127.0.0.1:PORT/ca.crl, 'max-size: 10, allowed-hosts: [\"127.0.0.1:PORT\"], allowed-addresses: [127.0.0.1/32]', 1, too_large"
    })
    void aCertificateDoesNotLeadTheGatewayAstray(String point, String fetch, int requests, String outcome)
            throws Exception {
        String port = String.valueOf(lists.port());
        gateway("{crl: {distribution-points: allowed-hosts}, fetch: {" + fetch.replace("PORT", port) + "}}");

        int status = status(device("device", URI.create(point.replace("PORT", port))));

        assertThat(status).isZero();
        assertThat(refused("crl-missing")).isEqualTo(1);
        assertThat(fetches("distribution_point", outcome)).isEqualTo(1);
        assertThat(lists.requests()).isEqualTo(requests);
    }

    @Test
    void nobodyUntrustedHasTheGatewayAskAnybody() throws Exception {
        gateway("{crl: {distribution-points: allowed-hosts}, fetch: {allowed-hosts: ['127.0.0.1:" + lists.port()
                + "'], allowed-addresses: [127.0.0.1/32]}}");
        IssuedCertificate stranger = CertificateAuthority.root("Stranger")
                .issue(CertificateSpec.client("device").withCrlUrl(lists.url("/ca.crl")));

        int status = status(stranger);

        assertThat(status).isZero();
        assertThat(lists.requests()).isZero();
    }

    @Test
    void devicesWhoseListsAreKnownDoNotWaitForThoseWhoseAreNot() throws Exception {
        gateway("{crl: {urls: ['" + lists.url("/ca.crl")
                + "'], check: leaf, distribution-points: allowed-hosts}, fetch: {timeout: 3s, " + QUICK + "}}");
        // Of a CA below, about which there is no list but at a place that never answers.
        CertificateAuthority below = authority().issueAuthority(CertificateSpec.authority("Below"));
        List<CompletableFuture<Integer>> held = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            IssuedCertificate one =
                    below.issue(CertificateSpec.client("held-" + i).withCrlUrl(lists.url("/never")));
            held.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return status(one);
                        } catch (Exception e) {
                            throw new AssertionError(e);
                        }
                    },
                    task -> new Thread(task, "held").start()));
        }
        Await.until("asked", lists::requests, count -> count > 1);

        int status = status(device("device"));

        assertThat(status).isEqualTo(200);
        assertThat(held).noneMatch(CompletableFuture::isDone);
    }
}
