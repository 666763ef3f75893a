package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.CertificateRecipe.ec;
import static io.sealgate.tls.CertificateRecipe.plain;
import static io.sealgate.tls.CertificateRecipe.root;
import static io.sealgate.tls.CertificateRecipe.rsa;
import static io.sealgate.tls.CertificateRecipe.server;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.MutualTlsFixture.CountingClock;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several certificates on one listener: which of them a client is shown, and that nothing else depends on it. */
@SuppressWarnings("NullAway") // absent configuration reaches the records as null
class ServerCertificatesIT {

    private static final Issued DEVICE = client("device-1").signedBy(CLIENT_ROOT);
    private static final Issued RSA_DEVICE = client("device-2").keys(rsa(2048)).signedBy(CLIENT_ROOT);
    private static final Issued GATEWAY_RSA =
            server("gw.example").subject("CN=gateway-rsa").keys(rsa(2048)).signedBy(SERVER_ROOT);
    private static final Issued GATEWAY_EC =
            server("gw.example").subject("CN=gateway-ec").signedBy(SERVER_ROOT);
    private static final Issued FLEET =
            server("*.fleet.example").subject("CN=fleet").signedBy(SERVER_ROOT);
    private static final Issued ONE =
            server("one.fleet.example").subject("CN=one").signedBy(SERVER_ROOT);
    private static final Issued P384 =
            server("p384.example").subject("CN=p384").keys(ec("secp384r1")).signedBy(SERVER_ROOT);
    private static final List<Issued> ALL = List.of(GATEWAY_RSA, GATEWAY_EC, FLEET, ONE, P384);

    private static final String ABSURD = "a b\u0001\u00ff${x}../y.fleet.example";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "gw.example, CN=gateway-ec",
                "GW.Example, CN=gateway-ec",
                "gw.example., CN=gateway-ec",
                "absent, CN=gateway-ec",
                "unknown.example, CN=gateway-ec",
                "two.fleet.example, CN=fleet",
                "one.fleet.example, CN=one",
                "p384.example, CN=p384",
                ABSURD + ", CN=gateway-ec"
            })
    void certificateFollowsTheNameAskedFor(@Nullable String name, String subject) throws Exception {
        try (ReloadingTls tls = open(ALL);
                EchoServer server = EchoServer.start(tls)) {
            for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                assertThat(shown(server, protocol, name)).as(protocol).isEqualTo(subject);
                assertThat(server.success().identity()).isEqualTo(IdentityExtractor.identify(DEVICE.path(CLIENT_ROOT)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"GW.Example., gw.example", "unknown.example, unknown.example", ABSURD + ", none"})
    void nameAskedForIsReportedInOneForm(String name, @Nullable String reported) throws Exception {
        try (ReloadingTls tls = open(ALL);
                EchoServer server = EchoServer.start(tls)) {
            shown(server, "TLSv1.3", name);
            assertThat(server.success().tls().sni()).isEqualTo(reported);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CN=gateway-rsa",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CN=gateway-ec",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, CN=gateway-ec"
    })
    void suitesOfTheClientDecideBetweenRsaAndEcdsa(String suites, String subject) throws Exception {
        try (ReloadingTls tls = open(ALL);
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            socket.setEnabledCipherSuites(suites.split(" "));
            JdkClient.echo(socket);
            assertThat(subject(socket)).isEqualTo(subject);
        }
    }

    /** Two certificates for addresses, of which one is renewed with a name: clients of both kinds of keys go on. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "absent, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CN=address-rsa",
                "gw.example, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CN=address-rsa",
                "unknown.example, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, CN=address-rsa",
                "absent, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CN=renewed-ec",
                "gw.example, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CN=renewed-ec"
            })
    void renewalWithANameTakesNothingFromClientsOfTheOtherKind(@Nullable String name, String suite, String subject)
            throws Exception {
        plain("address-ec").signedBy(SERVER_ROOT).write(directory, "ec");
        CertificateConfig second =
                plain("address-rsa").keys(rsa(2048)).signedBy(SERVER_ROOT).write(directory, "rsa");
        CertificateConfig first = CertificateConfig.ofPem(directory.resolve("ec.crt"), directory.resolve("ec.key"));
        Path bundle = Issued.pem(directory.resolve("clients.pem"), CLIENT_ROOT.certificate());
        TlsConfig config = new TlsConfig(
                null, List.of(first, second), ClientAuthentication.REQUIRE, TrustConfig.of(bundle), null, null);
        try (ReloadingTls tls = TestTls.open(config, List.of(), Duration.ofSeconds(5), InstantSource.system());
                EchoServer server = EchoServer.start(tls)) {
            server("gw.example").subject("CN=renewed-ec").signedBy(SERVER_ROOT).write(directory, "ec");
            tls.refresh();
            tls.refresh();
            try (SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
                socket.setEnabledCipherSuites(new String[] {suite});
                if (name != null) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setServerNames(List.of(new SNIHostName(name)));
                    socket.setSSLParameters(parameters);
                }
                JdkClient.echo(socket);
                assertThat(subject(socket)).isEqualTo(subject);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("signatureAlgorithms")
    void signatureAlgorithmsOfTheClientDecideBetweenRsaAndEcdsa(
            String version, String algorithms, Issued device, String subject) throws Exception {
        Openssl openssl = openssl(device);
        try (ReloadingTls tls = open(ALL);
                EchoServer server = EchoServer.start(tls)) {
            String printed =
                    openssl.connect(server.port(), version, "-servername", "gw.example", "-sigalgs", algorithms);
            assertThat(printed).contains("subject=" + subject.replace("=", " = "), "Verify return code: 0");
            assertThat(server.success().identity()).isEqualTo(IdentityExtractor.identify(device.path(CLIENT_ROOT)));
        }
    }

    static Stream<Arguments> signatureAlgorithms() {
        String rsa = "RSA-PSS+SHA256:RSA+SHA256";
        String ecdsa = "ECDSA+SHA256";
        return Stream.of("-tls1_2", "-tls1_3")
                .flatMap(version -> Stream.of(
                        Arguments.of(version, rsa, RSA_DEVICE, "CN=gateway-rsa"),
                        Arguments.of(version, ecdsa, DEVICE, "CN=gateway-ec"),
                        Arguments.of(version, rsa + ':' + ecdsa, DEVICE, "CN=gateway-ec")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void listenerMayHaveRsaOnly(String protocol) throws Exception {
        try (ReloadingTls tls = open(List.of(GATEWAY_RSA));
                EchoServer server = EchoServer.start(tls)) {
            assertThat(shown(server, protocol, null)).isEqualTo("CN=gateway-rsa");
        }
    }

    @Test
    void clientThatCannotUseTheCertificateOfItsNameIsShownNoOther() throws Exception {
        try (ReloadingTls tls = open(ALL);
                EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            ask(socket, "one.fleet.example");
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"});
            assertThatThrownBy(socket::startHandshake).hasMessageContaining("handshake_failure");
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.NO_COMMON_CIPHER);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void noNameLetsAnybodyInWithoutCertificate(String protocol, @Nullable String name) throws Exception {
        try (ReloadingTls tls = open(ALL);
                EchoServer server = EchoServer.start(tls)) {
            assertThatThrownBy(() -> echo(JdkClient.of(SERVER_ROOT, null), server, protocol, name))
                    .isInstanceOf(IOException.class);
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.NO_CERTIFICATE);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void noNameLetsStrangersIn(String protocol, @Nullable String name) throws Exception {
        Issued stranger = client("x").signedBy(root("Stranger"));
        try (ReloadingTls tls = open(ALL);
                EchoServer server = EchoServer.start(tls)) {
            assertThatThrownBy(() -> echo(JdkClient.of(SERVER_ROOT, stranger), server, protocol, name))
                    .isInstanceOf(IOException.class);
            assertThat(server.refusal()).isEqualTo(HandshakeRefusal.UNKNOWN_CA);
        }
    }

    static Stream<Arguments> names() {
        return Stream.of("TLSv1.2", "TLSv1.3").flatMap(protocol -> Stream.of(
                        "gw.example", "one.fleet.example", "two.fleet.example", "unknown.example", ABSURD, null)
                .map(name -> Arguments.of(protocol, name)));
    }

    /** Be it under the same name or under another; see {@link ResumptionIT} for what the client would do if it could. */
    @ParameterizedTest
    @MethodSource("pairsOfNames")
    void noNameResumesASession(String version, String first, String second) throws Exception {
        Openssl openssl = openssl(DEVICE);
        CountingClock clock = new CountingClock();
        try (ReloadingTls tls = open(ALL, clock);
                EchoServer server = EchoServer.start(tls)) {
            Path session = directory.resolve("session");
            openssl.connect(server.port(), version, "-servername", first, "-sess_out", session.toString());
            String printed = Files.exists(session)
                    ? openssl.connect(server.port(), version, "-servername", second, "-sess_in", session.toString())
                    : openssl.connect(server.port(), version, "-servername", second);
            assertThat(printed).contains("New, TLSv1.").doesNotContain("Reused, ");
            assertThat(List.of(server.success().resumed(), server.success().resumed()))
                    .containsOnly(false);
            assertThat(clock.validations()).isEqualTo(2);
        }
    }

    static Stream<Arguments> pairsOfNames() {
        return Stream.of("-tls1_2", "-tls1_3")
                .flatMap(version -> Stream.of(
                        Arguments.of(version, "one.fleet.example", "one.fleet.example"),
                        Arguments.of(version, "one.fleet.example", "gw.example"),
                        Arguments.of(version, "unknown.example", "two.fleet.example")));
    }

    /** In the middle: the server has the connection, but has not seen a ClientHello. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionOutlivesTheListenersCertificates(boolean inTheMiddle) throws Exception {
        ReloadingTls tls = open(ALL);
        try (EchoServer server = EchoServer.start(tls);
                SSLSocket socket = JdkClient.of(SERVER_ROOT, DEVICE).open(server.port())) {
            server.awaitConnection();
            if (!inTheMiddle) {
                JdkClient.echo(socket);
            }
            tls.close();
            JdkClient.echo(socket);
            assertThat(subject(socket)).isEqualTo("CN=gateway-ec");
        }
    }

    private static String shown(EchoServer server, String protocol, @Nullable String name) throws Exception {
        return echo(JdkClient.of(SERVER_ROOT, DEVICE), server, protocol, name);
    }

    /** Returns the subject of what was presented. */
    private static String echo(JdkClient client, EchoServer server, String protocol, @Nullable String name)
            throws IOException {
        try (SSLSocket socket = client.open(server.port())) {
            if (name != null) {
                ask(socket, name);
            }
            socket.setEnabledProtocols(new String[] {protocol});
            JdkClient.echo(socket);
            return subject(socket);
        }
    }

    private static String subject(SSLSocket socket) throws IOException {
        return Certificates.subject((X509Certificate) socket.getSession().getPeerCertificates()[0]);
    }

    private static void ask(SSLSocket socket, String name) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new AnyName(name)));
        socket.setSSLParameters(parameters);
    }

    private Openssl openssl(Issued device) throws InterruptedException {
        return Openssl.require(
                device.write(directory, "device"),
                Issued.pem(directory.resolve("server-root.pem"), SERVER_ROOT.certificate()));
    }

    private ReloadingTls open(List<Issued> certificates) throws TlsMaterialException {
        return open(certificates, InstantSource.system());
    }

    private ReloadingTls open(List<Issued> certificates, InstantSource clock) throws TlsMaterialException {
        Path bundle = Issued.pem(directory.resolve("clients.pem"), CLIENT_ROOT.certificate());
        List<CertificateConfig> files = certificates.stream()
                .map(certificate -> certificate.write(
                        directory, "server-" + certificate.certificate().getSerialNumber()))
                .toList();
        TlsConfig config = new TlsConfig(null, files, ClientAuthentication.REQUIRE, TrustConfig.of(bundle), null, null);
        return TestTls.open(config, MutualTlsFixture.PROTOCOLS, Duration.ofSeconds(10), clock, authority -> {});
    }

    /** A host name that need not be one. */
    private static final class AnyName extends SNIServerName {

        AnyName(String name) {
            super(0, name.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
