package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.KeyStoreFormat;
import io.sealgate.certs.Pem;
import io.sealgate.certs.RevocationList;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.Validity;
import io.sealgate.core.observe.ConnectionLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a sidecar says when the edge refuses its certificate, which with TLS 1.3 it learns after its handshake. */
@Timeout(60)
class RefusedSidecarIT {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;

    /** Handshakes that the old edge has not completed. */
    private static final AtomicInteger FAILED = new AtomicInteger();

    private static TestSite edge;
    private static IssuedCertificate revoked;

    @BeforeAll
    static void start() throws Exception {
        edge = TestSite.in(Files.createDirectory(directory.resolve("edge")))
                .auth("sign")
                .serverName("localhost")
                .eventLoops(1)
                .revocation("{crl: {files: [ca.crl]}}", authority -> {
                    revoked = authority.issue(CertificateSpec.client(Sidecar.POD));
                    Files.writeString(
                            directory.resolve("edge/ca.crl"),
                            Pem.crl(authority.sign(
                                    new RevocationList(1, List.of(authority.revocationOf(revoked.certificate()))))));
                })
                .start();
    }

    @AfterAll
    static void stop() {
        edge.close();
    }

    /** What is wrong with the sidecar's certificate, and what the edge says to it. */
    private enum Flaw {
        EXPIRED("certificate_expired", "certificate=\"CN=" + Sidecar.POD),
        REVOKED("certificate_revoked", "certificate=\"CN=" + Sidecar.POD),
        /** The edge names its CAs, and no certificate of others is presented. */
        FOREIGN("certificate_required", "issuer CN=Foreign", "(not presented: "),
        ABSENT("certificate_required", "certificate=\"none");

        private final String alert;
        private final String[] said;

        Flaw(String alert, String... said) {
            this.alert = alert;
            this.said = said;
        }

        Sidecar sidecar(Path own) throws Exception {
            CertificateSpec pod = CertificateSpec.client(Sidecar.POD);
            return switch (this) {
                case EXPIRED -> sidecar(edge.authority().issue(pod.withValidity(Validity.expired())), own);
                case REVOKED -> sidecar(revoked, own);
                case FOREIGN -> sidecar(CertificateAuthority.root("Foreign").issue(pod), own);
                case ABSENT -> Sidecar.ofNobody(edge, own);
            };
        }

        private static Sidecar sidecar(IssuedCertificate certificate, Path own) throws Exception {
            return Sidecar.of(edge, edge.port(), Sidecar.Auth.FORWARD, certificate, own);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAlertAfterTheHandshakeIsToldOnce(Flaw flaw) throws Exception {
        Path own = Files.createDirectory(directory.resolve(flaw.name().toLowerCase(Locale.ROOT)));
        try (LogLines log = LogLines.of(ConnectionLog.LOGGER);
                Sidecar sidecar = flaw.sidecar(own);
                Http1Peer application = sidecar.overLoopback()) {
            for (int i = 0; i < 3; i++) {
                Ground.assertOwnError(application.get("/object"), 503, "ServiceUnavailable", "origin");
            }
            String line = log.await("the origin refuses the gateway's certificate: origin=edge");
            assertThat(line).contains("alert=" + flaw.alert).contains(flaw.said);
            Await.until("refusals", () -> refusals(sidecar), refused -> refused >= 3);
            assertThat(log.matching("the origin refuses")).hasSize(1);
            assertThat(ready(sidecar)).as("others may still be served").isEqualTo(200);
        }
    }

    /** With TLS 1.2 the handshake itself fails. */
    @Test
    void anAlertDuringTheHandshakeIsToldTheSameWay() throws Exception {
        Path own = Files.createDirectory(directory.resolve("tls12"));
        IssuedCertificate foreign = CertificateAuthority.root("Foreign").issue(CertificateSpec.client(Sidecar.POD));
        try (SSLServerSocket old = oldEdge();
                LogLines log = LogLines.of(ConnectionLog.LOGGER);
                Sidecar sidecar = Sidecar.of(edge, old.getLocalPort(), Sidecar.Auth.FORWARD, foreign, own);
                Http1Peer application = sidecar.overLoopback()) {
            Thread accepting = new Thread(() -> refuseAll(old));
            accepting.setDaemon(true); // ends with the socket
            accepting.start();
            Ground.assertOwnError(application.get("/object"), 503, "ServiceUnavailable", "origin");
            log.await("the origin refuses the gateway's certificate: origin=edge alert=", "issuer CN=Foreign");
            assertThat(refusals(sidecar)).isPositive();
            assertThat(FAILED).hasPositiveValue();
        }
    }

    private static SSLServerSocket oldEdge() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        byte[] store = edge.authority()
                .issue(CertificateSpec.server("old edge", SubjectAltName.dns("localhost")))
                .keyStore(KeyStoreFormat.PKCS12, "edge", PASSWORD);
        keys.load(new ByteArrayInputStream(store), PASSWORD);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), new TrustManager[] {new TrustsNobody()}, null);
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setNeedClientAuth(true);
        return socket;
    }

    /** Names no CA, so that the certificate is presented: without one, what the alert is depends on the JDK. */
    private static final class TrustsNobody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void refuseAll(SSLServerSocket listening) {
        while (!listening.isClosed()) {
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                socket.startHandshake();
            } catch (IOException e) {
                FAILED.incrementAndGet();
            }
        }
    }

    private static double refusals(Sidecar sidecar) throws IOException {
        return sidecar.metric(
                "sealgate_upstream_connections_failed_total", "origin=\"edge\"", "reason=\"certificate-refused\"");
    }

    private static int ready(Sidecar sidecar) throws IOException {
        URI page = URI.create("http://127.0.0.1:" + sidecar.managementPort() + "/readyz");
        return ((HttpURLConnection) page.toURL().openConnection()).getResponseCode();
    }
}
