package io.sealgate.app.it;

import io.sealgate.app.GatewayAssembly;
import io.sealgate.app.ProcessRoom;
import io.sealgate.app.RunningGateway;
import io.sealgate.app.config.ConfigLoader;
import io.sealgate.app.config.ConfigSource;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.WriteMode;
import io.sealgate.origin.CosOrigin;
import io.sealgate.origin.OriginOptions;
import io.sealgate.origin.SecretKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A gateway and an origin on loopback with real mutual TLS, for one test class or test. The gateway runs from a YAML file
 * like any other.
 */
final class TestSite implements AutoCloseable {

    static final String BUCKET = "examplebucket-1250000000";
    static final String REGION = "ap-guangzhou";
    static final String BUCKET_HOST = BUCKET + ".cos." + REGION + ".myqcloud.com";
    /** The key that the origin accepts: the gateway's where it signs, otherwise the clients'. */
    static final String SECRET_ID = "AKIDtest";

    static final String SECRET_KEY = "test-secret-key";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final AuthorityDirectory authority;
    private final CosOrigin origin;
    private final RunningGateway gateway;

    private TestSite(AuthorityDirectory authority, CosOrigin origin, RunningGateway gateway) {
        this.authority = authority;
        this.origin = origin;
        this.gateway = gateway;
    }

    /** Adds files to the site's directory before the gateway reads them. */
    interface Preparation {
        void prepare(CertificateAuthority authority) throws Exception;
    }

    /** What a test may change of the usual site. Every line is YAML. */
    static final class Builder {
        private final Path directory;
        private String limits = "{}";
        private String proxyProtocol = "{mode: none}";
        private String moreListeners = "";
        private String section = "";
        private String timeouts = "{}";
        private String pool = "{}";
        private String clientAuth = "require";
        private String minVersion = "TLSv1.2";
        private Preparation preparation = authority -> {};
        private String tls = "";
        private final Map<String, CertificateSpec> certificates = new LinkedHashMap<>();
        private String auth = "sign";
        private String routes = """
                  - name: everything
                    match: {hosts: [localhost, 127.0.0.1]}
                    origin: cos
                    operations: [all]
                """;
        private List<SubjectAltName> serverNames = SubjectAltName.forDevelopment(REGION);
        private int eventLoops = 2;
        private String transport = "auto";
        private boolean strictSigning;
        private boolean versioning;
        private int partsPerPage = 1000;
        private int originPort;
        private @Nullable ProcessRoom room;
        private @Nullable OriginIdentity originIdentity;

        private Builder(Path directory) {
            this.directory = directory;
        }

        Builder limits(String yaml) {
            limits = yaml;
            return this;
        }

        /** The section's value; without it nothing is looked up. */
        Builder revocation(String yaml) {
            return revocation(yaml, authority -> {});
        }

        Builder proxyProtocol(String yaml) {
            proxyProtocol = yaml;
            return this;
        }

        /** Listeners beside {@code edge}, each line indented as in the file. */
        Builder moreListeners(String yaml) {
            moreListeners = yaml;
            return this;
        }

        /** One more section of the file, on one line. */
        Builder section(String yaml) {
            section = yaml;
            return this;
        }

        Builder timeouts(String yaml) {
            timeouts = yaml;
            return this;
        }

        Builder pool(String yaml) {
            pool = yaml;
            return this;
        }

        Builder clientAuth(String word) {
            clientAuth = word;
            return this;
        }

        Builder minVersion(String version) {
            minVersion = version;
            return this;
        }

        /** The listener's {@code revocation}, on one line, and what makes the files that it names. */
        Builder revocation(String yaml, Preparation files) {
            tls = "revocation: " + yaml;
            preparation = files;
            return this;
        }

        /** One more line of the listener's {@code tls} section. */
        Builder tls(String yaml) {
            tls = yaml;
            return this;
        }

        /** One more certificate of the listener's, behind the usual one. */
        Builder certificate(String name, CertificateSpec spec) {
            certificates.put(name, spec);
            return this;
        }

        /** {@code sign} or {@code forward}. */
        Builder auth(String word) {
            auth = word;
            return this;
        }

        /** The whole list, each line indented as in the file. */
        Builder routes(String yaml) {
            routes = yaml;
            return this;
        }

        /** What the gateway's certificate is for. */
        Builder serverName(String name) {
            serverNames = List.of(SubjectAltName.parse(name));
            return this;
        }

        Builder eventLoops(int count) {
            eventLoops = count;
            return this;
        }

        Builder transport(String name) {
            transport = name;
            return this;
        }

        /** The origin wants every header and parameter signed that means something to it. */
        Builder strictSigning() {
            strictSigning = true;
            return this;
        }

        /** The origin's buckets keep versions. */
        Builder versioning() {
            versioning = true;
            return this;
        }

        /** The origin lists so many parts of an upload at once. */
        Builder partsPerPage(int most) {
            partsPerPage = most;
            return this;
        }

        /** In place of what this process has memory for. */
        Builder room(ProcessRoom newRoom) {
            room = newRoom;
            return this;
        }

        /** Sends requests to another port of loopback than the stand-in's. */
        Builder originPort(int port) {
            originPort = port;
            return this;
        }

        /** The origin speaks TLS, and is dialled as {@code localhost}. */
        Builder https(OriginIdentity identity) {
            originIdentity = identity;
            return this;
        }

        TestSite start() throws Exception {
            AuthorityDirectory authority = AuthorityDirectory.init(
                    directory, CertificateSpec.authority("Test CA"), InstantSource.system(), WriteMode.CREATE);
            authority.issueServer("server", serverNames);
            preparation.prepare(authority.authority());
            certificates.forEach(authority::issue);
            CosOrigin origin = CosOrigin.start(originOptions());
            try {
                Path file = Files.writeString(
                        directory.resolve("sealgate.yaml"), yaml(originPort == 0 ? origin.port() : originPort));
                ConfigSource source = ConfigSource.read(file.toString(), InputStream.nullInputStream());
                GatewayConfig config =
                        new ConfigLoader(System::getenv).load(source).config();
                RunningGateway gateway =
                        room == null ? GatewayAssembly.start(config) : GatewayAssembly.start(config, room);
                return new TestSite(authority, origin, gateway);
            } catch (Exception e) {
                origin.close();
                throw e;
            }
        }

        private OriginOptions originOptions() throws IOException {
            OriginOptions.Builder options = OriginOptions.builder()
                    .directory(directory.resolve("objects"))
                    .defaultBucket(BUCKET)
                    .keys(SecretKeys.of(SECRET_ID, SECRET_KEY))
                    .strictSigning(strictSigning)
                    .customerKeysNeedTls(false) // it stands for one that is reached by TLS
                    .versioning(versioning)
                    .partsPerPage(partsPerPage)
                    .logRequests(true);
            return (originIdentity == null ? options : options.tls(originIdentity.nettyContext())).build();
        }

        /** Where the origin is dialled, and how it is known to be the one. */
        private String endpoint(int port) throws IOException {
            if (originIdentity == null) {
                return "endpoint: http://127.0.0.1:" + port;
            }
            Files.writeString(directory.resolve("origin-ca.pem"), originIdentity.trustedPem());
            return "endpoint: https://localhost:" + port + "\n    tls: {trust: [origin-ca.pem]}";
        }

        private String yaml(int dialPort) throws IOException {
            Files.writeString(directory.resolve("cos-id"), SECRET_ID);
            Files.writeString(directory.resolve("cos-key"), SECRET_KEY);
            String credentials = auth.equals("sign")
                    ? "credentials: {type: static, secret-id: 'file:cos-id', secret-key: 'file:cos-key'}"
                    : "";
            return """
                    version: 1
                    listeners:
                      - name: edge
                        bind: 127.0.0.1:0
                        proxy-protocol: %s
                        tls:
                          min-version: %s
                          certificates:
                            - {chain: server.pem, key: server.key}
                    %s
                          client-auth: %s
                          trust: {bundle: [ca.pem]}
                          %s
                        limits: %s
                    %s
                    origins:
                      - name: cos
                        bucket: %s
                        region: %s
                        %s
                        auth: %s
                        %s
                        pool: %s
                        timeouts: %s
                    routes:
                    %s
                    management: {bind: '127.0.0.1:0'}
                    %s
                    runtime: {event-loops: %d, transport: %s, watch-interval: 50ms}
                    """.formatted(
                            proxyProtocol,
                            minVersion,
                            certificates.keySet().stream()
                                    .map("        - {chain: %1$s.pem, key: %1$s.key}"::formatted)
                                    .collect(Collectors.joining("\n")),
                            clientAuth,
                            tls,
                            limits,
                            moreListeners.stripTrailing(),
                            BUCKET,
                            REGION,
                            endpoint(dialPort),
                            auth,
                            credentials,
                            pool,
                            timeouts,
                            routes.stripTrailing(),
                            section,
                            eventLoops,
                            transport);
        }
    }

    /** The usual site in {@code directory}, which must be empty: everything is served to anyone with a certificate, in sign mode. */
    static Builder in(Path directory) {
        return new Builder(directory);
    }

    CosOrigin origin() {
        return origin;
    }

    RunningGateway gateway() {
        return gateway;
    }

    int port() {
        return gateway.address("edge").getPort();
    }

    /** Where the gateway's files are: {@code ca.pem}, {@code ca.crl}, {@code server.pem}, {@code server.key}. */
    AuthorityDirectory files() {
        return authority;
    }

    /** The CA that the gateway trusts and that its own certificate comes from. */
    CertificateAuthority authority() {
        return authority.authority();
    }

    /** A client certificate that the gateway accepts. */
    IssuedCertificate device() {
        return authority().issue(CertificateSpec.client("device-1"));
    }

    /** A context for JDK clients that trusts the gateway and presents {@code certificate}, if any. */
    SSLContext clientContext(@Nullable IssuedCertificate certificate) throws GeneralSecurityException, IOException {
        KeyManager[] keys = certificate == null ? new KeyManager[0] : keys(certificate);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {trust()}, null);
        return context;
    }

    /** Trusts the gateway. */
    X509TrustManager trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority().rootCertificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** Key managers of a JDK client that presents {@code certificate}. */
    static KeyManager[] keys(IssuedCertificate certificate) throws GeneralSecurityException, IOException {
        // Of the JDK's formats the one that spends no thousands of rounds on a password nobody has to guess.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry(
                "device",
                certificate.privateKey(),
                PASSWORD,
                certificate.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    /** The metrics page. */
    String metrics() throws IOException, InterruptedException {
        URI page = URI.create("http://127.0.0.1:" + gateway.managementAddress().getPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Where clients connect. */
    URI uri(String pathAndQuery) {
        return URI.create("https://localhost:" + port() + pathAndQuery);
    }

    /** The protocols and event loops that every exchange is tested on. */
    static List<Integer> eventLoopCounts() {
        return List.of(1, 3);
    }

    @Override
    public void close() {
        gateway.close();
        origin.close();
    }
}
