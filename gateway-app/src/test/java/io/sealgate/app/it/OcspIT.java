package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices about which the gateway asks their CA's responder while they shake hands. */
class OcspIT {

    @TempDir
    private Path directory;

    private ListServer server;
    private Ground ground;
    private HandmadeResponder responder;

    @BeforeEach
    void start() throws Exception {
        server = ListServer.start();
    }

    @AfterEach
    void stop() {
        if (ground != null) {
            ground.close();
        }
        server.close();
    }

    private void gateway(String ocsp) throws Exception {
        String fetch = "{allowed-hosts: ['127.0.0.1:" + server.port() + "'], allowed-addresses: [127.0.0.1/32]}";
        ground = Ground.start(directory, 1, site -> site.revocation("{ocsp: {" + ocsp + "}, fetch: " + fetch + "}"));
        responder = new HandmadeResponder(ground.site().authority());
        server.respond("/ocsp", responder::answer);
    }

    private IssuedCertificate device(String name, String responderPath) {
        return ground.site().authority().issue(CertificateSpec.client(name).withOcspUrl(server.url(responderPath)));
    }

    private int status(IssuedCertificate device) throws Exception {
        try (Peer peer = ground.connect(Protocol.HTTP_1, device)) {
            return peer.get("/probe").status();
        }
    }

    private double refused(String reason) throws Exception {
        return ground.metric("sealgate_handshakes_total", "reason=\"" + reason + "\"");
    }

    private double undecided(String outcome) throws Exception {
        return ground.metric("sealgate_revocation_ocsp_undecided_total", "outcome=\"" + outcome + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hard", "soft"})
    void goodDevicesAreLetInAndRevokedOnesRefused(String mode) throws Exception {
        gateway("mode: " + mode);
        IssuedCertificate good = device("good", "/ocsp");
        IssuedCertificate lost = device("lost", "/ocsp");
        responder.revoke(lost.serial());

        assertThat(status(good)).isEqualTo(200);
        assertThat(status(lost)).isZero();
        assertThat(status(good)).isEqualTo(200);

        assertThat(refused("revoked")).isEqualTo(1);
        assertThat(server.requests()).isEqualTo(2);
        assertThat(ground.metric("sealgate_revocation_fetches_total", "kind=\"ocsp\"", "outcome=\"fetched\""))
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"hard, 0, refused", "soft, 200, accepted"})
    void withoutAnAnswerTheModeDecides(String mode, int status, String outcome) throws Exception {
        gateway("mode: " + mode);

        int seen = status(device("device", "/nothing-here"));

        assertThat(seen).isEqualTo(status);
        assertThat(undecided(outcome)).isEqualTo(1);
        assertThat(refused("ocsp-undecided")).isEqualTo(status == 0 ? 1 : 0);
    }

    /** A listener whose responder does not answer has let it in; the other one learns better. */
    @Test
    void aConnectionEndsOnceItsCertificateIsKnownToBeRevoked() throws Exception {
        String fetch = "{allowed-hosts: ['127.0.0.1:" + server.port() + "'], allowed-addresses: [127.0.0.1/32]}";
        String section = "{ocsp: {mode: soft, responder: '%s'}, fetch: " + fetch + "}";
        ground = Ground.start(directory, 1, site -> site.revocation(section.formatted(server.url("/nothing-here")))
                .moreListeners("""
                          - name: second
                            bind: 127.0.0.1:0
                            tls:
                              certificates: [{chain: server.pem, key: server.key}]
                              trust: {bundle: [ca.pem]}
                              revocation: %s
                        """.formatted(section.formatted(server.url("/ocsp")))));
        responder = new HandmadeResponder(ground.site().authority());
        server.respond("/ocsp", responder::answer);
        IssuedCertificate lost = device("lost", "/ocsp");
        IssuedCertificate good = device("good", "/ocsp");
        responder.revoke(lost.serial());
        int second = ground.site().gateway().address("second").getPort();
        try (Peer peer = ground.connect(Protocol.HTTP_1, lost);
                Peer other = ground.connect(Protocol.HTTP_1, good)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);
            assertThat(other.get("/probe").status()).isEqualTo(200);

            try (Peer refused = Http1Peer.connect(ground.site().clientContext(lost), second)) {
                assertThat(refused.get("/probe").status()).isZero();
            }

            assertThat(peer.endsWithoutAnswer()).isTrue();
            assertThat(other.get("/probe").status()).isEqualTo(200);
        }
    }

    @Test
    void aDeviceThatWaitsForItsResponderHoldsNoOtherUp() throws Exception {
        gateway("mode: hard, timeout: 3s");
        IssuedCertificate slow = device("slow", "/never");
        CompletableFuture<Integer> held = CompletableFuture.supplyAsync(() -> {
            try {
                return status(slow);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        Await.until("asked", server::requests, count -> count > 0);

        int status = status(device("quick", "/ocsp"));

        assertThat(status).isEqualTo(200);
        assertThat(held).isNotDone();
    }
}
