package io.sealgate.tls;

import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsConfig.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One handshake for each row and cell of {@code docs/handshakes.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandshakeKeysIT {

    private final Map<ClientAuthentication, ReloadingTls> security = new EnumMap<>(ClientAuthentication.class);
    private final Map<ClientAuthentication, EchoServer> servers = new EnumMap<>(ClientAuthentication.class);
    private final Map<HandshakeKeyCase, Issued> devices = new EnumMap<>(HandshakeKeyCase.class);

    @TempDir
    static Path directory;

    @BeforeAll
    void start() throws Exception {
        for (ClientAuthentication auth : List.of(ClientAuthentication.REQUIRE, ClientAuthentication.REQUEST)) {
            ReloadingTls tls = MutualTlsFixture.open(directory, Version.TLS_1_2, auth, InstantSource.system());
            security.put(auth, tls);
            servers.put(auth, EchoServer.start(tls));
        }
        for (HandshakeKeyCase row : HandshakeKeyCase.values()) {
            devices.put(row, row.device());
        }
    }

    @AfterAll
    void stop() {
        servers.values().forEach(EchoServer::close);
        security.values().forEach(ReloadingTls::close);
    }

    static Stream<Arguments> cells() {
        return Stream.of(HandshakeKeyCase.values()).flatMap(row -> Stream.of(Version.values())
                .flatMap(version -> Stream.of(ClientAuthentication.REQUIRE, ClientAuthentication.REQUEST)
                        .map(auth -> Arguments.of(row, version, auth))));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void clientOfTheJdkComesToWhatTheDocumentSays(HandshakeKeyCase row, Version version, ClientAuthentication auth)
            throws Exception {
        assertThat(jdk(row, version, auth, server(auth).port())).isEqualTo(row.jdk(version, auth));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void clientOfOpensslComesToWhatTheDocumentSays(HandshakeKeyCase row, Version version, ClientAuthentication auth)
            throws Exception {
        Path root = Issued.pem(directory.resolve("root.pem"), SERVER_ROOT.certificate());
        Openssl openssl = Openssl.require(devices.get(row).write(directory, "device"), root);
        openssl.connect(server(auth).port(), version == Version.TLS_1_2 ? "-tls1_2" : "-tls1_3");
        assertThat(server(auth).outcome()).isEqualTo(row.openssl(version, auth));
    }

    /**
     * In TLS 1.2 it shows in clear text that a certificate of such a key gets no further, where a client sends
     * one in spite of all.
     */
    @ParameterizedTest
    @MethodSource("insistent")
    void clientThatPresentsAnotherKeyIsRefusedByName(HandshakeKeyCase row, int scheme, ClientAuthentication auth)
            throws Exception {
        try (RewritingProxy proxy = RewritingProxy.asking(server(auth).port(), scheme)) {
            assertThat(jdk(row, Version.TLS_1_2, auth, proxy.port())).isEqualTo("unsupported-key");
            assertThat(proxy.changes()).isEqualTo(1);
        }
    }

    static Stream<Arguments> insistent() {
        return Stream.of(ClientAuthentication.REQUIRE, ClientAuthentication.REQUEST)
                .flatMap(auth -> Stream.of(
                        Arguments.of(HandshakeKeyCase.P_521, 0x0603, auth),
                        Arguments.of(HandshakeKeyCase.RSASSA_PSS, 0x0809, auth),
                        Arguments.of(HandshakeKeyCase.ED25519, 0x0807, auth),
                        Arguments.of(HandshakeKeyCase.ED448, 0x0808, auth)));
    }

    @Test
    void clientThatPresentsAnotherKeyGetsTheAlertForIt() throws Exception {
        try (RewritingProxy proxy =
                RewritingProxy.asking(server(ClientAuthentication.REQUIRE).port(), 0x0807)) {
            JdkClient client = JdkClient.of(SERVER_ROOT, devices.get(HandshakeKeyCase.ED25519));
            assertThatThrownBy(() -> client.listen(proxy.port(), "TLSv1.2"))
                    .hasMessageContaining("unsupported_certificate");
            assertThat(server(ClientAuthentication.REQUIRE).refusal()).isEqualTo(HandshakeRefusal.UNSUPPORTED_KEY);
        }
    }

    /** What {@code explain --cert} says, and every handshake in which such a certificate arrives. */
    @ParameterizedTest
    @EnumSource
    void certificateIsJudgedByTheKindOfItsKey(HandshakeKeyCase row) throws Exception {
        TrustConfig trust = TrustConfig.of(
                Issued.pem(directory.resolve("clients.pem"), MutualTlsFixture.CLIENT_ROOT.certificate()));
        TlsConfig config = new TlsConfig(Version.TLS_1_2, List.of(), ClientAuthentication.REQUEST, trust, null, null);
        Path certificate =
                Issued.pem(directory.resolve("presented.pem"), devices.get(row).certificate());
        HandshakeRefusal refusal = ClientTrial.open(config, InstantSource.system())
                .judge(certificate)
                .refusal();
        assertThat(refusal == null ? "identified" : refusal.label()).isEqualTo(row.insistent());
    }

    @Test
    void theDocumentSaysWhatIsDone() {
        assertThat(GeneratedDocument.open("handshakes.md", HandshakeDocument::render)
                        .table())
                .isEqualTo(HandshakeDocument.render());
    }

    private EchoServer server(ClientAuthentication auth) {
        return servers.get(auth);
    }

    private String jdk(HandshakeKeyCase row, Version version, ClientAuthentication auth, int port) throws Exception {
        try {
            JdkClient.of(SERVER_ROOT, devices.get(row)).echo(port, version.toString());
        } catch (IOException refused) {
            return server(auth).outcome();
        }
        return server(auth).outcome();
    }
}
