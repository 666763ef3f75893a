package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.Validity;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate that has ended is its own clients' trouble: the gateway starts with it, and the others are renewed. */
class ExpiredCertificateIT {

    private static final SubjectAltName OLD_NAME = SubjectAltName.dns("old.example");

    @TempDir
    private Path directory;

    private Ground ground;

    @BeforeEach
    void start() throws Exception {
        Validity ended = new Validity.Relative(Duration.ofDays(-9), Duration.ofDays(-1));
        ground = Ground.start(
                directory,
                1,
                site -> site.certificate(
                        "old", CertificateSpec.server("gw-old", OLD_NAME).withValidity(ended)));
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void theGatewayStartsAndServesTheOthers() throws Exception {
        ground.assertServes(Protocol.HTTP_1);

        assertThat(ground.metric("sealgate_tls_certificate_remaining_seconds", "subject=\"CN=gw-old\""))
                .isNegative();
    }

    @Test
    void theOthersAreRenewedBesideIt() throws Exception {
        BigInteger before = served();
        ground.site().files().replacing().issueServer("server", SubjectAltName.forDevelopment(TestSite.REGION));
        ground.awaitReload("server-certificate", 1);

        BigInteger after = served();

        assertThat(after).isNotEqualTo(before);
        ground.assertServes(Protocol.HTTP_2);
    }

    @Test
    void theOthersAreRenewedBesideAPairThatDoesNotFit() throws Exception {
        BigInteger before = served();
        FileSwap.replace(directory.resolve("1-event-loops/old.key"), "no key\n");
        ground.site().files().replacing().issueServer("server", SubjectAltName.forDevelopment(TestSite.REGION));
        ground.awaitReload("server-certificate", 1);

        BigInteger after = served();

        assertThat(after).isNotEqualTo(before);
        assertThat(ground.reloads("server-certificate", "failed")).isPositive();
        assertThat(ground.metric("sealgate_tls_certificate_remaining_seconds", "subject=\"CN=gw-old\""))
                .isNegative();
    }

    private BigInteger served() throws Exception {
        try (SSLSocket socket = (SSLSocket) ground.device()
                .getSocketFactory()
                .createSocket("localhost", ground.site().port())) {
            socket.setSoTimeout((int) TlsSocket.PATIENCE.toMillis());
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
        }
    }
}
