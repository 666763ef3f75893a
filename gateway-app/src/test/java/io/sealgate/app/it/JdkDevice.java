package io.sealgate.app.it;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;

/** The JDK's own client. It does not sign: where the gateway signs, a device needs no key. */
final class JdkDevice implements Device {

    private final TestSite site;
    private final HttpClient http;

    private JdkDevice(TestSite site, HttpClient http) {
        this.site = site;
        this.http = http;
    }

    static Device http1(TestSite site, String tls) {
        return of(site, tls, HttpClient.Version.HTTP_1_1);
    }

    static Device http2(TestSite site, String tls) {
        return of(site, tls, HttpClient.Version.HTTP_2);
    }

    private static Device of(TestSite site, String tls, HttpClient.Version version) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {tls});
        try {
            return new JdkDevice(
                    site,
                    HttpClient.newBuilder()
                            .sslContext(site.clientContext(site.device()))
                            .sslParameters(parameters)
                            .version(version)
                            .build());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Reply send(Call call) throws IOException, InterruptedException {
        byte[] body = call.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(site.uri(call.target()))
                .timeout(Duration.ofSeconds(30))
                .method(call.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        call.headers().forEach(header -> request.header(header.name(), header.value()));
        HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
        TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        String protocol = response.version() == HttpClient.Version.HTTP_2 ? "h2" : "http/1.1";
        return new Reply(response.statusCode(), protocol, headers, response.body());
    }

    /** The JDK's client ends with its last reference. */
    @Override
    public void close() {}
}
