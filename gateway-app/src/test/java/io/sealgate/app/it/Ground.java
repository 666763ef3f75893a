package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.RunningGateway;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.origin.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A site with hand-made clients and the questions that every fault is followed by. */
final class Ground implements AutoCloseable {

    private static final byte[] PROBE = "all is well".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final TestSite site;
    private final SSLContext device;

    private Ground(String name, TestSite site, SSLContext device) {
        this.name = name;
        this.site = site;
        this.device = device;
    }

    /** One protocol on one ground. */
    record Case(Ground ground, Protocol protocol) {
        Peer connect() throws IOException {
            return ground.connect(protocol);
        }

        @Override
        public String toString() {
            return protocol + " on " + ground.name;
        }
    }

    /** A site under {@code directory} with so many event loops, otherwise as {@code options} want it. */
    static Ground start(Path directory, int eventLoops, UnaryOperator<TestSite.Builder> options) throws Exception {
        return start(directory, eventLoops + " event loops", eventLoops, options);
    }

    /** The same under a name that says what is special about it. */
    static Ground start(Path directory, String name, int eventLoops, UnaryOperator<TestSite.Builder> options)
            throws Exception {
        Path own = Files.createDirectories(directory.resolve(name.replace(' ', '-')));
        TestSite site = options.apply(TestSite.in(own).eventLoops(eventLoops)).start();
        site.origin().store().put(TestSite.BUCKET, "probe", PROBE, Headers.none());
        return new Ground(name, site, site.clientContext(site.device()));
    }

    /** Every protocol on each of {@code grounds}. */
    static Stream<Case> cases(List<Ground> grounds) {
        return grounds.stream()
                .flatMap(ground -> Arrays.stream(Protocol.values()).map(protocol -> new Case(ground, protocol)));
    }

    TestSite site() {
        return site;
    }

    SSLContext device() {
        return device;
    }

    Peer connect(Protocol protocol) throws IOException {
        return protocol == Protocol.HTTP_1
                ? Http1Peer.connect(device, site.port())
                : Http2Peer.connect(device, site.port());
    }

    /** As a device of its own. */
    Peer connect(Protocol protocol, IssuedCertificate certificate) throws GeneralSecurityException, IOException {
        SSLContext own = site.clientContext(certificate);
        return protocol == Protocol.HTTP_1 ? Http1Peer.connect(own, site.port()) : Http2Peer.connect(own, site.port());
    }

    Http1Peer connectHttp1() throws IOException {
        return Http1Peer.connect(device, site.port());
    }

    /** Puts an object of {@code size} bytes where clients can get it, and returns it. */
    byte[] store(String key, int size) {
        byte[] object = bytes(size);
        site.origin().store().put(TestSite.BUCKET, key, object, Headers.none());
        return object;
    }

    boolean isStored(String key) {
        return site.origin().store().find(TestSite.BUCKET, key).isPresent();
    }

    /** The bytes of an object at the origin. */
    byte[] stored(String key) {
        return site.origin().store().find(TestSite.BUCKET, key).orElseThrow().bytes();
    }

    /** The same bytes for the same size. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** The sum of a metric's samples that carry all of {@code labels}, each as {@code name="value"}. */
    double metric(String metric, String... labels) throws IOException {
        return metric(site.gateway(), metric, labels);
    }

    /** The same of another gateway. */
    static double metric(RunningGateway gateway, String metric, String... labels) throws IOException {
        URI page = URI.create("http://127.0.0.1:" + gateway.managementAddress().getPort() + "/metrics");
        try (InputStream in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(metric + "{"))
                    .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    /** How often files of the kind {@code what} were loaded after they had changed, or were not. */
    double reloads(String what, String outcome) throws IOException {
        return metric("sealgate_reload_total", "what=\"" + what + "\"", "outcome=\"" + outcome + "\"");
    }

    /** Waits until what has changed has been put in force so many times. */
    void awaitReload(String what, double count) throws Exception {
        Await.until("reloaded: " + what, () -> reloads(what, "succeeded"), seen -> seen >= count);
    }

    /** Exchanges that have ended. */
    long exchanges(String... labels) throws IOException {
        return Math.round(metric("sealgate_exchanges_seconds_count", labels));
    }

    /** Waits until exactly {@code count} exchanges have ended, and no connection is left on either side. */
    void awaitQuietAfter(long count) throws Exception {
        Await.until("exchanges ended", this::exchanges, ended -> ended >= count);
        awaitNoConnections();
        assertThat(exchanges()).as("exchanges ended").isEqualTo(count);
    }

    /** Waits until the gateway has no connection left, on either side. */
    void awaitNoConnections() throws Exception {
        Await.until("client connections", () -> metric("sealgate_connections"), open -> open == 0);
        awaitNoOriginConnections();
    }

    /** Waits until the gateway has no connection left to the origin. */
    void awaitNoOriginConnections() throws Exception {
        Await.until("origin connections", () -> metric("sealgate_upstream_connections"), open -> open == 0);
    }

    /** A request on a connection of its own is served. */
    void assertServes(Protocol protocol) throws IOException {
        try (Peer peer = connect(protocol)) {
            PeerAnswer answer = peer.get("/probe");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(PROBE);
        }
    }

    /** The answer is one of the gateway's own, in COS's manner. */
    static void assertOwnError(PeerAnswer answer, int status, String code, String source) {
        assertThat(answer.text()).contains("<Code>" + code + "</Code>");
        assertOwnHead(answer, status, source);
    }

    /** The same for an answer without a body. */
    static void assertOwnHead(PeerAnswer answer, int status, String source) {
        assertThat(answer.whole()).as("whole").isTrue();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/xml");
        assertThat(answer.header("server")).isEqualTo("tencent-cos");
        assertThat(answer.header("x-cos-request-id")).isNotBlank();
        assertThat(answer.header("x-sealgate-error")).isEqualTo(source);
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(ZonedDateTime.parse(String.valueOf(answer.header("date")), DateTimeFormatter.RFC_1123_DATE_TIME))
                .isBetween(
                        ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(1),
                        ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(1));
    }

    @Override
    public void close() {
        site.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
