package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.sealgate.origin.RawClient.Ending;
import io.sealgate.origin.RawClient.Reply;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsIT {
    private static final String PASSWORD = "changeit";

    private static KeyStore identity;

    @TempDir
    Path directory;

    private CosOrigin origin;
    private RawClient client;

    @BeforeAll
    static void makeIdentity(@TempDir Path keys) throws Exception {
        identity = selfSigned(keys.resolve("identity.p12"));
    }

    @BeforeEach
    void start() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity, PASSWORD.toCharArray());
        SslContext tls = SslContextBuilder.forServer(keys).build();
        origin = CosOrigin.start(
                OriginOptions.builder().directory(directory).tls(tls).build());
        client = RawClient.over(
                trusting(identity).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), origin.port()));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        origin.close();
    }

    /** The JDK's own tool is the only one at hand that makes certificates without another library. */
    private static KeyStore selfSigned(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "origin",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static SSLContext trusting(KeyStore identity) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("origin", identity.getCertificate("origin"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void objectsGoInAndOutWhole() throws Exception {
        byte[] large = OriginFixture.noise(5_000_000);

        client.request("PUT", "/a", large);
        Reply reply = client.request("GET", "/a");

        assertThat(reply.bytes()).isEqualTo(large);
    }

    @Test
    void customerKeysMayTravel() throws Exception {
        Reply reply = client.request(
                "PUT",
                "/a",
                "x-cos-server-side-encryption-customer-algorithm: AES256",
                "x-cos-server-side-encryption-customer-key: MDEyMzQ1Njc4OUFCQ0RFRjAxMjM0NTY3ODlBQkNERUY=",
                "x-cos-server-side-encryption-customer-key-MD5: U5L61r7jcwdNvT7frmUG8g==");

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void bodiesCanStopShort() throws Exception {
        byte[] object = OriginFixture.noise(100_000);
        origin.store().put(OriginFixture.BUCKET, "a", object, Headers.none());
        origin.faults().next(RequestMatcher.any(), new Fault.Truncate(70_000));

        Reply reply = client.request("GET", "/a");

        assertThat(reply.ending()).isEqualTo(Ending.CLOSED);
        assertThat(reply.bytes()).isEqualTo(Arrays.copyOf(object, 70_000));
    }

    @Test
    void aResetSendsNoCloseNotify() throws Exception {
        origin.faults().next(RequestMatcher.any(), new Fault.ResetOnRequestBody(0));

        assertThat(client.request("GET", "/a").ending()).isEqualTo(Ending.RESET);
    }
}
