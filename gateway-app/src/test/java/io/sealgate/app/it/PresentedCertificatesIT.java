package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.KeyAlgorithm;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.Validity;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a gateway shows its clients of certificates: its own by their name, and that theirs will end. */
class PresentedCertificatesIT {

    private static final String NOTICE = "x-sealgate-certificate-expires";
    private static final SubjectAltName GATEWAY = SubjectAltName.dns("gw.example");

    @TempDir
    private static Path directory;

    private static ScriptedOrigin origin;
    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        origin = new ScriptedOrigin();
        origin.answer(
                "HTTP/1.1 200 OK\r\nX-Sealgate-Certificate-Expires: tomorrow\r\nContent-Length: 2\r\n\r\nhi", false);
        ground = Ground.start(directory, 1, site -> site.originPort(origin.port())
                .tls("expiry-notice: {within: 20d}")
                .certificate("rsa", CertificateSpec.server("gw-rsa", GATEWAY).withKeyAlgorithm(KeyAlgorithm.RSA_2048))
                .certificate("ecdsa", CertificateSpec.server("gw-ecdsa", GATEWAY))
                .routes("""
                          - name: objects
                            match: {hosts: [localhost], path: /x}
                            origin: cos
                            operations: [read]
                        """));
    }

    @AfterAll
    static void stop() throws Exception {
        ground.close();
        origin.close();
    }

    @ParameterizedTest
    @CsvSource({
        "gw.example, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, CN=gw-rsa",
        "gw.example, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, CN=gw-ecdsa",
        "gw.example, TLS_AES_128_GCM_SHA256, CN=gw-ecdsa",
        "unknown.example, TLS_AES_128_GCM_SHA256, CN=server"
    })
    void certificateFitsTheNameAndTheClient(String name, String suite, String subject) throws Exception {
        // One of its own: the JDK repeats the name of an earlier session to the same address, resumed or not.
        SSLContext device = ground.site().clientContext(ground.site().device());
        try (SSLSocket socket = (SSLSocket) device.getSocketFactory()
                .createSocket("127.0.0.1", ground.site().port())) {
            socket.setSoTimeout((int) TlsSocket.PATIENCE.toMillis());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            parameters.setCipherSuites(new String[] {suite});
            socket.setSSLParameters(parameters);
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(shown.getSubjectX500Principal().getName()).isEqualTo(subject);
        }
    }

    /** Even if the origin says so: it does not speak in the gateway's name. */
    @ParameterizedTest
    @EnumSource
    void deviceWithTimeIsToldNothing(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.get("/x");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header(NOTICE)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void deviceWhoseCertificateEndsIsToldWhen(Protocol protocol) throws Exception {
        IssuedCertificate device = ground.site()
                .authority()
                .issue(CertificateSpec.client("device-2").withValidity(Validity.lasting(Duration.ofDays(10))));
        Date end = device.certificate().getNotAfter();
        try (Peer peer = connect(protocol, ground.site().clientContext(device))) {
            String notice = String.valueOf(peer.get("/x").header(NOTICE));
            assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(notice)))
                    .isEqualTo(end.toInstant());
            PeerAnswer own = peer.get("/nobody-serves-this");
            assertThat(own.status()).isEqualTo(404);
            assertThat(own.header(NOTICE)).isNotNull();
        }
    }

    @Test
    void metricsSayHowMuchTimeIsLeft() throws Exception {
        double connected = ground.metric("sealgate_tls_client_certificate_remaining_seconds_count");
        try (Peer peer = ground.connect(Protocol.HTTP_1)) {
            peer.get("/x");
        }
        assertThat(ground.metric("sealgate_tls_client_certificate_remaining_seconds_count", "listener=\"edge\""))
                .isGreaterThan(connected);
        double year = Duration.ofDays(365).toSeconds();
        assertThat(remaining("server", "CN=gw-rsa")).isBetween(year * 0.99, year);
        assertThat(remaining("server", "CN=gw-ecdsa")).isBetween(year * 0.99, year);
        assertThat(remaining("ca", "CN=Test CA")).isBetween(year * 9.9, year * 10);
    }

    private static double remaining(String kind, String subject) throws IOException {
        return ground.metric(
                "sealgate_tls_certificate_remaining_seconds", "kind=\"" + kind + '"', "subject=\"" + subject + '"');
    }

    private static Peer connect(Protocol protocol, SSLContext device) throws IOException {
        int port = ground.site().port();
        return protocol == Protocol.HTTP_1 ? Http1Peer.connect(device, port) : Http2Peer.connect(device, port);
    }
}
