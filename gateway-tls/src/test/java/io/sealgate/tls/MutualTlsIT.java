package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.authority;
import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.plain;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.MutualTlsFixture.CountingClock;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MutualTlsIT {

    private static final Issued DEVICE = client("device-1").signedBy(CLIENT_ROOT);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void validClientIsLetInAndNamed(String protocol) throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, DEVICE).echo(server.port(), protocol);
            EchoServer.Success outcome = server.success();
            assertThat(outcome.identity()).isEqualTo(IdentityExtractor.identify(DEVICE.path(CLIENT_ROOT)));
            assertThat(outcome.tls().protocol()).isEqualTo(protocol);
            assertThat(outcome.tls().cipher()).contains("_GCM_");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWithRsaKeyAndIntermediateIsLetIn(String protocol) throws Exception {
        Issued middle = authority("Middle").signedBy(CLIENT_ROOT);
        Issued device = client("device-2").keys(rsa(2048)).signedBy(middle);
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, device).echo(server.port(), protocol);
            assertThat(server.success().identity()).isEqualTo(IdentityExtractor.identify(device.path(CLIENT_ROOT)));
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void badClientIsRefusedWithTheRightAlert(Issued identity, String protocol, String alert, HandshakeRefusal refusal)
            throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            JdkClient client = JdkClient.of(SERVER_ROOT, identity);
            assertThatThrownBy(() -> client.listen(server.port(), protocol)).hasMessageContaining(alert);
            assertThat(server.refusal()).isEqualTo(refusal);
        }
    }

    static Stream<Arguments> refusals() {
        Issued deep = CLIENT_ROOT;
        for (int i = 0; i < 5; i++) {
            deep = authority("Middle " + i).signedBy(deep);
        }
        Issued tooDeep = client("deep").signedBy(deep);
        return Stream.of("TLSv1.2", "TLSv1.3")
                .flatMap(protocol -> Stream.of(
                        Arguments.of(
                                client("x").signedBy(root("Stranger")),
                                protocol,
                                "unknown_ca",
                                HandshakeRefusal.UNKNOWN_CA),
                        Arguments.of(
                                client("x").expired().signedBy(CLIENT_ROOT),
                                protocol,
                                "certificate_expired",
                                HandshakeRefusal.EXPIRED),
                        Arguments.of(
                                client("x").notYetValid().signedBy(CLIENT_ROOT),
                                protocol,
                                "certificate_expired",
                                HandshakeRefusal.NOT_YET_VALID),
                        Arguments.of(
                                plain("x").signedBy(CLIENT_ROOT),
                                protocol,
                                "unsupported_certificate",
                                HandshakeRefusal.WRONG_USAGE),
                        // In TLS 1.3 BoringSSL looks at the key usage itself, before it asks us.
                        Arguments.of(
                                client("x").usage(KeyUsage.keyAgreement).signedBy(CLIENT_ROOT),
                                protocol,
                                protocol.equals("TLSv1.3") ? "illegal_parameter" : "unsupported_certificate",
                                HandshakeRefusal.WRONG_USAGE),
                        Arguments.of(tooDeep, protocol, "unknown_ca", HandshakeRefusal.TOO_DEEP),
                        Arguments.of(
                                client("x").signature("SHA1withECDSA").signedBy(CLIENT_ROOT),
                                protocol,
                                "bad_certificate",
                                HandshakeRefusal.WEAK_ALGORITHM),
                        Arguments.of(
                                client("x")
                                        .extension(Extension.subjectAlternativeName, false, new byte[] {0x30, 0x7F})
                                        .signedBy(CLIENT_ROOT),
                                protocol,
                                "bad_certificate",
                                HandshakeRefusal.INVALID_CERTIFICATE),
                        Arguments.of(
                                null,
                                protocol,
                                protocol.equals("TLSv1.3") ? "certificate_required" : "handshake_failure",
                                HandshakeRefusal.NO_CERTIFICATE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWithoutCertificateIsAnonymousWhereThatIsRequested(String protocol) throws Exception {
        try (ReloadingTls tls = requesting();
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, null).echo(server.port(), protocol);
            assertThat(server.success().identity()).isEqualTo(new ClientIdentity.Anonymous());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWithBadCertificateIsRefusedWhereOneIsRequested(String protocol) throws Exception {
        try (ReloadingTls tls = requesting();
                EchoServer server = EchoServer.start(tls)) {
            JdkClient stranger = JdkClient.of(SERVER_ROOT, client("x").signedBy(root("Stranger")));
            assertThatThrownBy(() -> stranger.listen(server.port(), protocol)).hasMessageContaining("unknown_ca");
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.UNKNOWN_CA);
        }
    }

    @Test
    void everybodyIsAnonymousWhereNobodyIsAsked() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(
                        directory, Version.TLS_1_2, ClientAuthentication.NONE, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            JdkClient.of(SERVER_ROOT, DEVICE).echo(server.port(), "TLSv1.3");
            assertThat(server.success().identity()).isEqualTo(new ClientIdentity.Anonymous());
        }
    }

    @Test
    void olderVersionThanTheMinimumIsRefused() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(
                        directory, Version.TLS_1_3, ClientAuthentication.REQUIRE, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            JdkClient client = JdkClient.of(SERVER_ROOT, DEVICE);
            assertThatThrownBy(() -> client.listen(server.port(), "TLSv1.2")).hasMessageContaining("protocol_version");
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.PROTOCOL_VERSION);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_CHACHA20_POLY1305_SHA256"
            })
    void modernCipherIsSpoken(String cipher) throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            socket.setEnabledCipherSuites(new String[] {cipher});
            JdkClient.echo(socket);
            assertThat(server.success().tls().cipher()).isEqualTo(cipher);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"})
    void cipherWithoutAuthenticatedEncryptionIsRefused(String cipher) throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            socket.setEnabledCipherSuites(new String[] {cipher});
            assertThatThrownBy(socket::startHandshake).hasMessageContaining("handshake_failure");
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.NO_COMMON_CIPHER);
        }
    }

    @Test
    void listenersProtocolOfChoiceIsAgreedOn() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"http/1.1", "h2"});
            socket.setSSLParameters(parameters);
            JdkClient.echo(socket);
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            assertThat(server.success().protocol()).isEqualTo("h2");
        }
    }

    @Test
    void clientWithoutCommonApplicationProtocolStillGetsThrough() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"spdy/3"});
            socket.setSSLParameters(parameters);
            JdkClient.echo(socket);
            assertThat(server.success().protocol()).isNull();
        }
    }

    @Test
    void serverNameIsReported() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("a.gateway.example")));
            socket.setSSLParameters(parameters);
            JdkClient.echo(socket);
            assertThat(server.success().tls().sni()).isEqualTo("a.gateway.example");
        }
    }

    @Test
    void plainHttpIsRecognised() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.NOT_TLS);
        }
    }

    @Test
    void connectionClosedBeforeTheHandshakeIsRecognised() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.CLOSED);
        }
    }

    @Test
    void silentClientTimesOut() throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(
                        directory,
                        MutualTlsFixture.SERVER,
                        Version.TLS_1_2,
                        ClientAuthentication.REQUIRE,
                        Duration.ofMillis(200),
                        InstantSource.system());
                EchoServer server = EchoServer.start(tls);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.TIMEOUT);
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientThatDoesNotTrustTheGatewayIsRecognised(String protocol) throws Exception {
        try (ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            JdkClient client = JdkClient.of(root("Stranger"), DEVICE);
            assertThatThrownBy(() -> client.listen(server.port(), protocol)).hasMessageContaining("PKIX");
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.CLIENT_ALERT);
        }
    }

    @Test
    void renegotiationIsRefused() throws Exception {
        CountingClock clock = new CountingClock();
        try (ReloadingTls tls = MutualTlsFixture.open(directory, clock);
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).connect(server.port(), "TLSv1.2")) {
            JdkClient.echo(socket);
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        JdkClient.echo(socket);
                    })
                    .isInstanceOf(IOException.class);
            assertThat(clock.validations()).isEqualTo(1);
        }
    }

    @Test
    void closingLeavesLiveConnectionsAlone() throws Exception {
        ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
        try (EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).connect(server.port(), "TLSv1.3")) {
            JdkClient.echo(socket);
            tls.close();
            assertThatCode(() -> JdkClient.echo(socket)).doesNotThrowAnyException();
        }
    }

    @Test
    void noHandlerIsHandedOutAfterClosing() throws Exception {
        ReloadingTls tls = MutualTlsFixture.open(directory, InstantSource.system());
        tls.close();
        tls.close();
        assertThatThrownBy(() -> tls.newHandler(UnpooledByteBufAllocator.DEFAULT))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nobodyIsIdentifiedBeforeTheHandshake() throws Exception {
        try (ReloadingTls tls = requesting()) {
            SslHandler handler = tls.newHandler(UnpooledByteBufAllocator.DEFAULT);
            EmbeddedChannel channel = new EmbeddedChannel(handler);
            try {
                assertThatThrownBy(() -> tls.identify(handler)).isInstanceOf(IllegalStateException.class);
            } finally {
                channel.close();
            }
        }
    }

    private ReloadingTls requesting() throws TlsMaterialException {
        return MutualTlsFixture.open(directory, Version.TLS_1_2, ClientAuthentication.REQUEST, InstantSource.system());
    }
}
