package io.sealgate.tls.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.RevocationList;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.core.spi.UpstreamSecurity;
import io.sealgate.tls.fetch.FetchConfig;
import io.sealgate.tls.fetch.FetchThreads;
import io.sealgate.tls.fetch.NameResolver;
import io.sealgate.tls.ocsp.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists at URLs that are no longer what they were. */
class FetchedListsIT {

    private static final CertificateAuthority CA = CertificateAuthority.root("CA");
    private static final X509Certificate REVOKED =
            CA.issue(CertificateSpec.client("revoked")).certificate();

    private final FetchThreads threads = new FetchThreads();
    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final Instant now = Instant.now().plusSeconds(600); // after everything that a test signs
    private Duration interval = Duration.ofMillis(20);
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    @AfterEach
    void stop() {
        threads.close();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] page = pages.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(page == null ? 404 : 200, page == null ? -1 : page.length);
            if (page != null) {
                exchange.getResponseBody().write(page);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"older", "page", "empty"})
    void aUrlThatHasItsListNoMoreIsShownUntilItHasItAgain(String now) throws Exception {
        pages.put("/ca.crl", list(7).getEncoded());
        try (RevocationLists lists = fetched(CrlConfig.DistributionPointUse.NONE, "/ca.crl")) {
            awaitEvent("crl_url fetched");
            assertThat(lists.current().lost()).isEmpty();

            switch (now) {
                case "older" ->
                    pages.put(
                            "/ca.crl", CA.sign(new RevocationList(6, List.of())).getEncoded());
                case "page" -> pages.put("/ca.crl", "<html>".getBytes(StandardCharsets.UTF_8));
                default -> pages.put("/ca.crl", new byte[0]);
            }
            awaitEvent(now.equals("older") ? "crl_url older" : "crl_url malformed");
            assertThat(lists.current().lost()).containsExactly("CN=CA");
            assertThat(isRevoked(lists)).isTrue();

            pages.put("/ca.crl", list(8).getEncoded());
            awaitEvent("crl_url fetched");
            assertThat(lists.current().lost()).isEmpty();
            assertThat(isRevoked(lists)).isTrue();
        }
    }

    @Test
    void pointsOfEarlierIssuesAreForgotten() throws Exception {
        try (RevocationLists lists = fetched(CrlConfig.DistributionPointUse.ALLOWED_HOSTS)) {
            for (int issue = 1; issue <= 30; issue++) {
                pages.put("/" + issue + ".crl", list(issue).getEncoded());
                ask(lists, "/" + issue + ".crl");
                assertThat(isRevoked(lists)).isTrue();
            }
            awaitPoints(lists, 1);
            assertThat(isRevoked(lists)).isTrue();
        }
    }

    /** The list is replaced as soon as it is there, and says nothing of the certificate. */
    @Test
    void aPointThatIsForgottenIsNotFetchedMoreOften() throws Exception {
        interval = Duration.ofHours(1);
        pages.put("/new.crl", list(2).getEncoded());
        pages.put("/old.crl", list(1).getEncoded());
        try (RevocationLists lists = fetched(CrlConfig.DistributionPointUse.ALLOWED_HOSTS)) {
            ask(lists, "/new.crl");
            for (int i = 0; i < 5; i++) {
                ask(lists, "/old.crl");
            }
            assertThat(events).containsExactly("distribution_point fetched", "distribution_point fetched");
        }
    }

    /** A page in the place of a list is no reason not to look for the next one. */
    @Test
    void aPointWhoseListIsGoneIsFetchedOn() throws Exception {
        pages.put("/ca.crl", list(1).getEncoded());
        try (RevocationLists lists = fetched(CrlConfig.DistributionPointUse.ALLOWED_HOSTS)) {
            ask(lists, "/ca.crl");
            awaitEvent("distribution_point fetched");
            pages.put("/ca.crl", new byte[0]);
            awaitEvent("distribution_point malformed");
            awaitEvent("distribution_point malformed");
            pages.put("/ca.crl", list(2).getEncoded());
            awaitEvent("distribution_point fetched");
        }
    }

    private void awaitPoints(RevocationLists lists, int points) throws InterruptedException {
        while (lists.points() != points) {
            awaitEvent("distribution_point unchanged"); // of those that are still there
        }
    }

    /** Two points with the same list stand in for each other. */
    @Test
    void pointsWithTheSameListAreKept() throws Exception {
        try (RevocationLists lists = fetched(CrlConfig.DistributionPointUse.ALLOWED_HOSTS)) {
            byte[] same = list(1).getEncoded();
            for (String path : List.of("/a.crl", "/b.crl")) {
                pages.put(path, same);
                ask(lists, path);
            }
            assertThat(lists.points()).isEqualTo(2);
        }
    }

    /** Its time for another attempt comes, and nobody needs it. */
    @Test
    void aPointWithoutAListIsNotAskedAgainByItself() throws Exception {
        try (RevocationLists lists = fetched(CrlConfig.DistributionPointUse.ALLOWED_HOSTS)) {
            pages.put("/there.crl", list(1).getEncoded());
            ask(lists, "/gone.crl");
            ask(lists, "/there.crl");
            awaitEvent("distribution_point status");
            for (int i = 0; i < 5; i++) {
                awaitEvent("distribution_point unchanged"); // this one is fetched on
            }
            assertThat(seen).filteredOn("distribution_point status"::equals).hasSize(1);

            ask(lists, "/gone.crl");
            awaitEvent("distribution_point status");
        }
    }

    private final List<String> seen = new ArrayList<>();

    private void awaitEvent(String event) throws InterruptedException {
        String next;
        do {
            next = events.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("event before %s", event).isNotNull();
            seen.add(next);
        } while (!next.equals(event));
    }

    private void ask(RevocationLists lists, String path) {
        URI point = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        X509Certificate client =
                CA.issue(CertificateSpec.client("device").withCrlUrl(point)).certificate();
        lists.ask(List.of(new Revocation.Uncovered(client, CA.certificate()))).join();
    }

    private static X509CRL list(long number) {
        return CA.sign(new RevocationList(number, List.of(CA.revocationOf(REVOKED))));
    }

    private boolean isRevoked(RevocationLists lists) {
        CrlConfig config = new CrlConfig(List.of(), List.of(), null, null, null, null);
        return new Revocation(config, lists::current, () -> now, authority -> {})
                .judge(List.of(REVOKED, CA.certificate()))
                .filter(refusal -> refusal.reason().label().equals("revoked"))
                .isPresent();
    }

    private RevocationLists fetched(CrlConfig.DistributionPointUse points, String... paths) {
        String host = "127.0.0.1:" + server.getAddress().getPort();
        List<String> urls =
                List.of(paths).stream().map(path -> "http://" + host + path).toList();
        CrlConfig crl = new CrlConfig(List.of(), urls, points, null, null, null);
        RevocationConfig config = new RevocationConfig(
                crl,
                null,
                new FetchConfig(
                        List.of(host),
                        List.of(AddressBlock.parse("127.0.0.1/32")),
                        Duration.ofSeconds(5),
                        interval,
                        null),
                null,
                null);
        RevocationLists lists = RevocationLists.load(
                config,
                List.of(CA.certificate()),
                "edge",
                KnownIssuers.of("edge", null),
                (oid, parameters) -> Optional.empty(),
                () -> now,
                new Problems(),
                "tls.revocation",
                ReloadListener.NONE);
        RevocationListener listener = new RevocationListener() {
            @Override
            public void fetched(String name, Kind kind, Outcome outcome, String detail) {
                events.add(kind.label() + " " + outcome.label());
            }

            @Override
            public void undecided(String name, boolean letIn) {}
        };
        lists.fetch(
                config,
                crl,
                "edge",
                () -> now,
                new Outside(threads, NameResolver.ofThisMachine(), listener),
                new NoTls(),
                "tls.revocation");
        return lists;
    }

    private static final class NoTls implements UpstreamSecurity {

        @Override
        public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
            throw new IllegalStateException("TLS: used (expected: http)");
        }

        @Override
        public void close() {}
    }
}
