package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.ExtendedKeyUsage;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.Validity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has no good certificate gets no further than the handshake: counted once, by reason, and unknown to the origin. */
class HandshakeIT {

    private static final String REFUSED = "outcome=\"refused\"";
    private static final byte[] REQUEST =
            "GET /probe HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 2, site -> site.pool("{idle-timeout: 100ms}"));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().log().clear();
    }

    /** A way of being refused. */
    record Impostor(
            String reason, String name, Function<CertificateAuthority, @Nullable IssuedCertificate> certificate) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> impostors() {
        CertificateSpec device = CertificateSpec.client("device-1");
        return Stream.of(
                        new Impostor("no-certificate", "no certificate", ca -> null),
                        new Impostor("unknown-ca", "another CA", ca -> CertificateAuthority.root("Other CA")
                                .issue(device)),
                        new Impostor("unknown-ca", "a CA of the same name", ca -> CertificateAuthority.root("Test CA")
                                .issue(device)),
                        new Impostor("expired", "expired", ca -> ca.issue(device.withValidity(Validity.expired()))),
                        new Impostor(
                                "not-yet-valid",
                                "not yet valid",
                                ca -> ca.issue(device.withValidity(Validity.notYet()))),
                        new Impostor(
                                "wrong-usage",
                                "a server's",
                                ca -> ca.issue(device.withExtendedKeyUsages(ExtendedKeyUsage.SERVER_AUTH))),
                        new Impostor(
                                "too-deep", "too deep", ca -> ca.descendant(5).issue(device)))
                .flatMap(impostor -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(impostor, version)));
    }

    @ParameterizedTest
    @MethodSource("impostors")
    void whoIsNotKnownIsRefused(Impostor impostor, String version) throws Exception {
        double ofReason = refused(impostor.reason());
        double ofAny = ground.metric("sealgate_handshakes_total", REFUSED);
        long opened = ground.site().origin().log().connectionsOpened();
        SSLContext context = context(impostor.certificate().apply(ground.site().authority()), new AtomicInteger());
        assertThat(talk(context, version)).isEmpty();
        Await.until("refusals", () -> ground.metric("sealgate_handshakes_total", REFUSED), count -> count > ofAny);
        ground.awaitNoConnections();
        assertThat(refused(impostor.reason())).isEqualTo(ofReason + 1);
        assertThat(ground.metric("sealgate_handshakes_total", REFUSED)).isEqualTo(ofAny + 1);
        assertThat(ground.site().origin().log().requests()).isEmpty();
        assertThat(ground.site().origin().log().connectionsOpened()).isEqualTo(opened);
    }

    /** Every connection proves who it is: a certificate that was good an hour ago proves nothing now. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aReturningClientShakesHandsInFull(String version) throws Exception {
        AtomicInteger fullHandshakes = new AtomicInteger();
        SSLContext context = context(ground.site().device(), fullHandshakes);
        assertThat(talk(context, version)).startsWith("HTTP/1.1 200");
        assertThat(talk(context, version)).startsWith("HTTP/1.1 200");
        assertThat(fullHandshakes).hasValue(2);
    }

    @Test
    void plainHttpIsNotAnswered() throws Exception {
        double before = refused("not-tls");
        try (Socket plain =
                new Socket(InetAddress.getLoopbackAddress(), ground.site().port())) {
            plain.setSoTimeout((int) TlsSocket.PATIENCE.toMillis());
            plain.getOutputStream().write(REQUEST);
            assertThat(drain(plain)).isEmpty();
        }
        ground.awaitNoConnections();
        assertThat(refused("not-tls")).isEqualTo(before + 1);
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    /** In TLS 1.2 what a client signs with is in clear text, and refused before anything is verified with it. */
    @Test
    void signatureOverSha1IsRefusedByName() throws Exception {
        double before = refused("weak-algorithm");
        byte[] verify = {22, 3, 3, 0, 8, 15, 0, 0, 4, 0x02, 0x01, 0, 0};
        byte[] alert;
        try (Socket plain =
                new Socket(InetAddress.getLoopbackAddress(), ground.site().port())) {
            plain.setSoTimeout((int) TlsSocket.PATIENCE.toMillis());
            plain.getOutputStream().write(verify);
            alert = plain.getInputStream().readNBytes(7);
        }
        ground.awaitNoConnections();
        assertThat(alert).containsExactly(21, 3, 3, 0, 2, 2, 40);
        assertThat(refused("weak-algorithm")).isEqualTo(before + 1);
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    /** As health probes do; not to be taken for an attack. */
    @Test
    void aConnectionWithoutAWordCountsAsClosed() throws Exception {
        double closed = refused("closed");
        double any = ground.metric("sealgate_handshakes_total", REFUSED);
        new Socket(InetAddress.getLoopbackAddress(), ground.site().port()).close();
        Await.until("refusals", () -> ground.metric("sealgate_handshakes_total", REFUSED), count -> count > any);
        ground.awaitNoConnections();
        assertThat(refused("closed")).isEqualTo(closed + 1);
        assertThat(ground.metric("sealgate_handshakes_total", REFUSED)).isEqualTo(any + 1);
    }

    private static double refused(String reason) throws IOException {
        return ground.metric("sealgate_handshakes_total", REFUSED, "reason=\"" + reason + "\"");
    }

    /** What the gateway says to a request, empty if it ends the connection instead. */
    private static String talk(SSLContext context, String version) throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", ground.site().port())) {
            socket.setSoTimeout((int) TlsSocket.PATIENCE.toMillis());
            socket.setEnabledProtocols(new String[] {version});
            socket.getOutputStream().write(REQUEST);
            byte[] beginning = socket.getInputStream().readNBytes(64);
            return new String(beginning, StandardCharsets.US_ASCII);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException refused) {
            return "";
        }
    }

    private static byte[] drain(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return new byte[0];
        }
    }

    /** Presents {@code certificate} to whoever asks, and counts the server certificates that were looked at. */
    private static SSLContext context(@Nullable IssuedCertificate certificate, AtomicInteger looks) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                certificate == null ? new KeyManager[0] : new KeyManager[] {new Stubborn(certificate)},
                new TrustManager[] {new Counting(looks)},
                new SecureRandom());
        return context;
    }

    /** The JDK's own key managers keep certificates back that the server's list of CAs does not name. */
    private static final class Stubborn extends X509ExtendedKeyManager {
        private final IssuedCertificate certificate;

        Stubborn(IssuedCertificate certificate) {
            this.certificate = certificate;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return "device";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return certificate.chain().toArray(new X509Certificate[0]);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return certificate.privateKey();
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {"device"};
        }

        @Override
        public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }

    /** Trusts anybody: whom clients trust is tested elsewhere. */
    private static final class Counting implements X509TrustManager {
        private final AtomicInteger looks;

        Counting(AtomicInteger looks) {
            this.looks = looks;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            looks.incrementAndGet();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("checkClientTrusted: asked (expected: never, this is a client)");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
