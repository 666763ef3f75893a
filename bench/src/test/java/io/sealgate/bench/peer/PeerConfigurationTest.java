package io.sealgate.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerConfigurationTest {
    private static final Path PEM = Path.of("/pem");
    private static final CertificateFiles CERTIFICATES = new CertificateFiles(
            PEM.resolve("ca.pem"),
            PEM.resolve("ca.crl"),
            PEM.resolve("server.pem"),
            PEM.resolve("server.key"),
            PEM.resolve("bundle.pem"),
            PEM.resolve("client.pem"),
            PEM.resolve("client.key"));
    private static final Site SITE = new Site(CERTIFICATES, 1111, 2222, 3333);

    static Stream<Peer> peers() {
        Path launcher = Path.of("/checkout/bin/sealgate");
        return Stream.of(
                new Nginx(),
                new HaProxy(),
                new Sealgate(launcher, Sealgate.Duties.MTLS),
                new Sealgate(launcher, Sealgate.Duties.ALL));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void everyPeerListensOnLoopbackTrustsTheCaHasItsListAndForwardsToTheOrigin(Peer peer) {
        assertThat(configuration(peer)).contains("127.0.0.1:1111", "127.0.0.1:2222", "/pem/ca.pem", "/pem/ca.crl");
    }

    @ParameterizedTest
    @MethodSource("peers")
    void everyPeerSpeaksTls13Only(Peer peer) {
        assertThat(configuration(peer)).contains("TLSv1.3").doesNotContain("TLSv1.2");
    }

    @Test
    void everyPeerDemandsAClientCertificateAndForgetsSessions() {
        assertThat(configuration(new Nginx()))
                .contains("ssl_verify_client on;", "ssl_session_tickets off;", "ssl_session_cache off;");
        assertThat(configuration(new HaProxy())).contains("verify required", "no-tls-tickets", "tune.ssl.cachesize 0");
        assertThat(configuration(new Sealgate(Path.of("sealgate"), Sealgate.Duties.MTLS)))
                .contains("client-auth: require", "resumption: none");
    }

    @Test
    void onlyTheFullRungVerifiesAndEncrypts() {
        Path launcher = Path.of("/checkout/bin/sealgate");
        String plain = configuration(new Sealgate(launcher, Sealgate.Duties.MTLS));
        String full = configuration(new Sealgate(launcher, Sealgate.Duties.ALL));

        assertThat(plain).contains("content-md5: none", "crc64: none", "mode: none");
        assertThat(full).contains("content-md5: verify", "crc64: verify", "mode: sse-cos");
    }

    private static String configuration(Peer peer) {
        return peer.launch(SITE).files().values().stream()
                .filter(text -> text.lines().count() > 1)
                .findFirst()
                .orElseThrow();
    }
}
