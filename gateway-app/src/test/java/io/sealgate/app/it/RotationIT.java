package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.Pem;
import io.sealgate.certs.SubjectAltName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New certificates, CAs and lists take effect while clients come and go, and none of these notices. */
class RotationIT {

    @TempDir
    private Path directory;

    private Ground ground;

    @BeforeEach
    void start() throws Exception {
        ground = Ground.start(directory, 2, site -> site.revocation("{crl: {files: [ca.crl]}}"));
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void clientsNoticeNothingOfRotations() throws Exception {
        rotateUnderLoad(8);
    }

    @Tag("full")
    @Test
    void clientsNoticeNothingOfFiftyRotations() throws Exception {
        rotateUnderLoad(50);
    }

    private void rotateUnderLoad(int rotations) throws Exception {
        List<IssuedCertificate> devices = IntStream.range(0, 8)
                .mapToObj(i -> ground.site().authority().issue(CertificateSpec.client("device-" + i)))
                .toList();
        String alone = Files.readString(ground.site().files().certificateFile());
        try (Fleet fleet = new Fleet(ground, devices);
                Comers comers = new Comers(ground)) {
            fleet.start(2);
            comers.start();
            for (int rotation = 1; rotation <= rotations; rotation++) {
                rotate(alone, rotation);
            }
            fleet.awaitAnotherRound();
            comers.awaitAnother();

            assertThat(fleet.members()).noneMatch(Fleet.Member::hasEnded);
            assertThat(comers.failures()).isEmpty();
            assertThat(served().getSerialNumber()).isEqualTo(latestServer().getSerialNumber());
        }
    }

    /** A new certificate and key, another second CA, and a newer list; each in force before the next round. */
    private void rotate(String firstCa, int rotation) throws Exception {
        AuthorityDirectory files = ground.site().files();
        double server = ground.reloads("server-certificate", "succeeded");
        double trust = ground.reloads("trust", "succeeded");
        files.replacing().issueServer("server", SubjectAltName.forDevelopment(TestSite.REGION));
        CertificateAuthority second = CertificateAuthority.root("CA " + rotation);
        FileSwap.replace(files.certificateFile(), firstCa + Pem.certificate(second.certificate()));
        ground.awaitReload("server-certificate", server + 1);
        ground.awaitReload("trust", trust + 1);
        double crl = ground.reloads("crl", "succeeded");
        files.refreshCrl();
        ground.awaitReload("crl", crl + 1);
    }

    private X509Certificate served() throws Exception {
        try (SSLSocket socket = (SSLSocket) ground.device()
                .getSocketFactory()
                .createSocket("localhost", ground.site().port())) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private X509Certificate latestServer() throws Exception {
        try (InputStream in =
                Files.newInputStream(ground.site().files().certificateFile().resolveSibling("server.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /** Somebody who connects, asks once and goes, again and again. */
    private static final class Comers implements AutoCloseable {

        private final Ground ground;
        private final AtomicInteger served = new AtomicInteger();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final Thread thread = new Thread(this::come);
        private volatile boolean over;

        Comers(Ground ground) {
            this.ground = ground;
        }

        void start() {
            thread.start();
        }

        List<String> failures() {
            return failures;
        }

        void awaitAnother() throws Exception {
            int before = served.get();
            Await.until("another comer served", served::get, now -> now > before);
        }

        private void come() {
            SSLContext device = ground.device();
            while (!over) {
                try (Http1Peer peer = Http1Peer.connect(device, ground.site().port())) {
                    PeerAnswer answer = peer.get("/probe");
                    if (answer.status() == 200 && answer.whole()) {
                        served.incrementAndGet();
                    } else {
                        failures.add("status " + answer.status());
                    }
                } catch (IOException | RuntimeException e) {
                    failures.add(e.toString());
                }
            }
        }

        @Override
        public void close() {
            over = true;
            try {
                thread.join(TlsSocket.PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
