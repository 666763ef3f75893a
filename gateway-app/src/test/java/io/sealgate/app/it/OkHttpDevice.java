package io.sealgate.app.it;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;
import okhttp3.internal.http.HttpMethod;

/**
 * The HTTP library of the Android SDK, with requests as that SDK sends them to a host of one's own: Host without a port, so
 * no bucket on the wire, Content-MD5 on every body, a session token beside a signature that covers only part of the head.
 */
final class OkHttpDevice implements Device {

    private static final String HOST = "localhost";
    private static final List<Protocol> HTTP_1_ONLY = List.of(Protocol.HTTP_1_1);

    private final TestSite site;
    private final OkHttpClient http;
    private final DeviceSigner signer;

    private OkHttpDevice(TestSite site, OkHttpClient http, DeviceSigner signer) {
        this.site = site;
        this.http = http;
        this.signer = signer;
    }

    static Device http1(TestSite site, String tls) {
        return of(site, tls, HTTP_1_ONLY, DeviceSigner.unknown());
    }

    static Device http2(TestSite site, String tls) {
        return of(site, tls, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), DeviceSigner.unknown());
    }

    /** A device that signs with {@code signer} and speaks {@code protocol}, named as ALPN does. */
    static OkHttpDevice signing(TestSite site, String protocol, DeviceSigner signer) {
        List<Protocol> protocols = protocol.equals("h2") ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : HTTP_1_ONLY;
        return of(site, "TLSv1.3", protocols, signer);
    }

    private static OkHttpDevice of(TestSite site, String tls, List<Protocol> protocols, DeviceSigner signer) {
        ConnectionSpec spec = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
                .tlsVersions(TlsVersion.forJavaName(tls))
                .build();
        try {
            OkHttpClient http = new OkHttpClient.Builder()
                    .sslSocketFactory(site.clientContext(site.device()).getSocketFactory(), site.trust())
                    .connectionSpecs(List.of(spec))
                    .protocols(protocols)
                    .readTimeout(30, TimeUnit.SECONDS)
                    .writeTimeout(30, TimeUnit.SECONDS)
                    .retryOnConnectionFailure(false)
                    .followRedirects(false)
                    .build();
            return new OkHttpDevice(site, http, signer);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Reply send(Call call) throws IOException {
        byte[] bytes = call.body();
        Headers.Builder headers = head(call);
        if (bytes != null && bytes.length > 0) {
            headers.set("Content-MD5", Bytes.contentMd5(bytes));
        }
        boolean needsBody = HttpMethod.requiresRequestBody(call.method());
        RequestBody body = bytes == null && !needsBody
                ? null
                : RequestBody.create(type(headers), bytes == null ? new byte[0] : bytes);
        return exchange(call, headers, body);
    }

    /** Sends a file as the body, without a digest. */
    Reply send(Call call, File file) throws IOException {
        Headers.Builder headers = head(call);
        return exchange(call, headers, RequestBody.create(type(headers), file));
    }

    private static Headers.Builder head(Call call) {
        Headers.Builder headers = new Headers.Builder()
                .add("User-Agent", "cos-android-sdk-5.9.51")
                .add("Host", HOST);
        call.headers().forEach(header -> headers.set(header.name(), header.value()));
        return headers;
    }

    private static MediaType type(Headers.Builder headers) {
        String type = headers.get("Content-Type");
        return type == null ? null : MediaType.parse(type);
    }

    private Reply exchange(Call call, Headers.Builder headers, RequestBody body) throws IOException {
        if (body != null) {
            headers.set("Content-Length", Long.toString(body.contentLength()));
        }
        headers.set("Authorization", signer.authorization(call.method(), call.target(), headers.build()));
        headers.set("x-cos-security-token", DeviceSigner.TOKEN);
        Request request = new Request.Builder()
                .url(site.uri(call.target()).toString())
                .headers(headers.build())
                .method(call.method(), body)
                .build();
        try (Response response = http.newCall(request).execute()) {
            TreeMap<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().toMultimap().forEach((name, values) -> seen.put(name, values.get(0)));
            // over HTTP/2 this library misses the bytes that a HEAD's Content-Length speaks of
            byte[] bytes =
                    call.method().equals("HEAD") ? new byte[0] : response.body().bytes();
            return new Reply(response.code(), response.protocol().toString(), seen, bytes);
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
