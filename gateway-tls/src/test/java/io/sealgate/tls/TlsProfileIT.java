package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is agreed on, with which client, for which parameters of a listener. */
@SuppressWarnings("NullAway") // absent configuration reaches the records as null
class TlsProfileIT {

    private static final String AES_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    private static final String AES_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    private static final Issued DEVICE = client("device-1").signedBy(CLIENT_ROOT);
    private static final Issued RSA = server("gw.example").keys(rsa(2048)).signedBy(SERVER_ROOT);

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("groups")
    void firstGroupOfTheListenerThatTheClientHasIsAgreedOn(
            @Nullable List<NamedGroup> listener, List<String> client, String agreed) throws Exception {
        try (ReloadingTls tls = open(Version.TLS_1_2, null, listener);
                EchoServer server = EchoServer.start(tls)) {
            assertThat(BoringClient.of(SERVER_ROOT, DEVICE, client).group(server.port()))
                    .isEqualTo(agreed);
        }
    }

    static Stream<Arguments> groups() {
        List<String> modern = List.of("x25519", "X25519MLKEM768", "secp256r1");
        return Stream.of(
                Arguments.of(null, modern, "X25519MLKEM768"),
                Arguments.of(null, List.of("x25519", "secp256r1"), "X25519"),
                Arguments.of(null, List.of("secp256r1"), "P-256"),
                Arguments.of(List.of(NamedGroup.P256, NamedGroup.X25519_MLKEM768), modern, "P-256"),
                Arguments.of(List.of(NamedGroup.P521, NamedGroup.P384), List.of("secp384r1", "secp521r1"), "P-521"));
    }

    /** Clients without ML-KEM: the JDK's of today, and TLS 1.2 at large. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void classicalClientConnects(String protocol) throws Exception {
        try (ReloadingTls tls = open(Version.TLS_1_2, null, null);
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, DEVICE).echo(server.port(), protocol);
            assertThat(server.success().tls().protocol()).isEqualTo(protocol);
        }
    }

    @Test
    void classicalClientIsRefusedWhereOnlyTheHybridGroupIsSpoken() throws Exception {
        try (ReloadingTls tls = open(Version.TLS_1_3, null, List.of(NamedGroup.X25519_MLKEM768));
                EchoServer server = EchoServer.start(tls)) {
            assertThatThrownBy(() -> JdkClient.of(SERVER_ROOT, DEVICE).echo(server.port(), "TLSv1.3"))
                    .hasMessageContaining("handshake_failure");
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.NO_COMMON_CIPHER);
        }
    }

    /** The group of a certificate's key is another matter than the key exchange. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void certificatesNeedNoGroupOfTheirs(String protocol) throws Exception {
        try (ReloadingTls tls = open(Version.TLS_1_2, null, List.of(NamedGroup.X25519));
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, DEVICE).echo(server.port(), protocol);
            assertThat(server.success().tls().protocol()).isEqualTo(protocol);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void firstSuiteOfTheListenerThatTheClientHasIsAgreedOn(
            List<CipherSuite> listener, List<String> client, String agreed) throws Exception {
        try (ReloadingTls tls = open(Version.TLS_1_2, listener, null);
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            socket.setEnabledCipherSuites(client.toArray(String[]::new));
            JdkClient.echo(socket);
            assertThat(server.success().tls().cipher()).isEqualTo(agreed);
        }
    }

    static Stream<Arguments> suites() {
        List<CipherSuite> strong = List.of(CipherSuite.ECDHE_ECDSA_AES_256_GCM, CipherSuite.ECDHE_ECDSA_AES_128_GCM);
        return Stream.of(
                Arguments.of(strong, List.of(AES_128, AES_256), AES_256),
                Arguments.of(strong, List.of(AES_128), AES_128),
                Arguments.of(CipherSuite.all(), List.of(AES_256, AES_128), AES_128));
    }

    @Test
    void suiteThatIsNotListedIsRefused() throws Exception {
        try (ReloadingTls tls = open(Version.TLS_1_2, List.of(CipherSuite.ECDHE_ECDSA_AES_256_GCM), null);
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            socket.setEnabledCipherSuites(new String[] {AES_128});
            assertThatThrownBy(socket::startHandshake).hasMessageContaining("handshake_failure");
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.NO_COMMON_CIPHER);
        }
    }

    /** TLS 1.3 has suites of its own, which say nothing about keys. */
    @Test
    void rsaCertificateIsPresentedWhereOnlyTls13IsSpoken() throws Exception {
        try (ReloadingTls tls = open(Version.TLS_1_3, null, null, RSA);
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, DEVICE).echo(server.port(), "TLSv1.3");
            assertThat(server.success().tls().cipher()).startsWith("TLS_AES_");
        }
    }

    private ReloadingTls open(Version minVersion, @Nullable List<CipherSuite> suites, @Nullable List<NamedGroup> groups)
            throws TlsMaterialException {
        return open(minVersion, suites, groups, MutualTlsFixture.SERVER);
    }

    private ReloadingTls open(
            Version minVersion,
            @Nullable List<CipherSuite> suites,
            @Nullable List<NamedGroup> groups,
            Issued certificate)
            throws TlsMaterialException {
        Path bundle = Issued.pem(directory.resolve("clients.pem"), CLIENT_ROOT.certificate());
        TlsConfig config = new TlsConfig(
                minVersion,
                List.of(certificate.write(directory, "server")),
                ClientAuthentication.REQUIRE,
                TrustConfig.of(bundle),
                null,
                null,
                suites,
                groups,
                null);
        return TestTls.open(config, MutualTlsFixture.PROTOCOLS, Duration.ofSeconds(10), InstantSource.system());
    }
}
