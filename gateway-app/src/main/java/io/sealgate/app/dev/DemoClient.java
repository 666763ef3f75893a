package io.sealgate.app.dev;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.IssuedCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A device as the demonstration plays it: the JDK's HTTP client with a client certificate, or without one. Thread-safe. */
final class DemoClient {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final char[] NO_PASSWORD = new char[0];

    private final HttpClient http;
    private final URI base;

    private DemoClient(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
    }

    /**
     * A client of the gateway on {@code port}.
     *
     * @param trusted   the CA that vouches for the gateway
     * @param presented the client's own certificate, or {@code null} for none
     * @param version   the protocol that it prefers
     */
    static DemoClient of(
            int port, CertificateAuthority trusted, @Nullable IssuedCertificate presented, HttpClient.Version version) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(presented), NO_PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore(trusted.rootCertificate()));
            tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            HttpClient http = HttpClient.newBuilder()
                    .sslContext(tls)
                    .version(version)
                    .connectTimeout(PATIENCE)
                    .build();
            return new DemoClient(http, URI.create("https://127.0.0.1:" + port));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("TLS: the JDK cannot use a certificate that was just made", e);
        }
    }

    private static KeyStore keyStore(@Nullable IssuedCertificate presented)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        if (presented != null) {
            Certificate[] chain = presented.chain().toArray(Certificate[]::new);
            store.setKeyEntry("device", presented.privateKey(), NO_PASSWORD, chain);
        }
        return store;
    }

    private static KeyStore trustStore(X509Certificate root) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setCertificateEntry("ca", root);
        return store;
    }

    /** Sends a request with headers given as name, value, name, value. */
    HttpResponse<byte[]> send(String method, String target, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return http.send(request(method, target, body, headers), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String target, String... headers) throws IOException, InterruptedException {
        return send("GET", target, HttpRequest.BodyPublishers.noBody(), headers);
    }

    HttpResponse<byte[]> put(String target, byte[] body, String... headers) throws IOException, InterruptedException {
        return send("PUT", target, HttpRequest.BodyPublishers.ofByteArray(body), headers);
    }

    /** The same as {@link #get}, without waiting. */
    CompletableFuture<HttpResponse<byte[]>> begin(String target) {
        return http.sendAsync(
                request("GET", target, HttpRequest.BodyPublishers.noBody()), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest request(String method, String target, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(target)).timeout(PATIENCE).method(method, body);
        return headers.length == 0 ? request.build() : request.headers(headers).build();
    }
}
