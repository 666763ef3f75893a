package io.sealgate.app.it;

import static io.sealgate.app.it.BalancerSocket.binary;
import static io.sealgate.app.it.BalancerSocket.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.it.BalancerSocket.Delivery;
import io.sealgate.app.it.BalancerSocket.Header;
import io.sealgate.core.observe.AccessLog;
import io.sealgate.core.observe.ConnectionLog;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A client behind a load balancer is known by its own address, and nobody but the balancer can say which that is. */
class ProxyProtocolIT {

    private static final String HEADERS = "sealgate_proxy_headers_total";
    private static final String HANDSHAKES = "sealgate_handshakes_total";
    private static final String REFUSED = "outcome=\"refused\"";
    private static final byte[] NOTHING = {};
    private static final byte[] LOCAL = binary("20000000");
    private static final String REQUEST = "GET /probe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @TempDir
    private static Path directory;

    private static Ground requiring;
    private static Ground accepting;
    private static Ground distrustful;
    private static SSLContext stranger;

    private LogLines access;
    private LogLines connections;

    @BeforeAll
    static void start() throws Exception {
        requiring = ground("require", "{mode: require, trusted: [127.0.0.0/8, '::1/128']}");
        accepting = ground("accept", "{mode: accept, trusted: [127.0.0.0/8, '::1/128']}");
        distrustful = ground("distrust", "{mode: require, trusted: [192.0.2.0/24]}");
        stranger = requiring.site().clientContext(null);
    }

    private static Ground ground(String name, String proxyProtocol) throws Exception {
        return Ground.start(directory, name, 2, site -> site.proxyProtocol(proxyProtocol)
                .pool("{idle-timeout: 100ms}")
                .moreListeners(
                        "  - {name: plain, bind: '127.0.0.1:0', tls: none, proxy-protocol: " + proxyProtocol + "}")
                .routes("""
                          - name: everything
                            match: {hosts: [localhost]}
                            clients: {anonymous: allow}
                            origin: cos
                            operations: [all]
                        """));
    }

    @AfterAll
    static void stop() {
        requiring.close();
        accepting.close();
        distrustful.close();
    }

    @BeforeEach
    void listen() {
        access = LogLines.of(AccessLog.LOGGER);
        connections = LogLines.of(ConnectionLog.LOGGER);
    }

    @AfterEach
    void fallSilent() {
        access.close();
        connections.close();
    }

    static Stream<Arguments> ways() {
        Stream<Arguments> together = Arrays.stream(Protocol.values()).flatMap(protocol -> Arrays.stream(Header.values())
                .map(header -> Arguments.of(protocol, header, Delivery.TOGETHER)));
        Stream<Arguments> apart = Stream.of(Delivery.ALONE, Delivery.TRICKLED)
                .flatMap(delivery -> Stream.of(Header.V1_IPV4, Header.V2_IPV6)
                        .map(header -> Arguments.of(Protocol.HTTP_1, header, delivery)));
        return Stream.concat(together, apart);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theClientThatTheBalancerNamesIsTheOneInTheLog(Protocol protocol, Header header, Delivery delivery)
            throws Exception {
        try (Peer peer = connect(requiring, protocol, header.bytes(), delivery)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);
        }
        assertThat(access.await("\"url.path\":\"/probe\""))
                .contains("\"client.port\":54321", "\"source.address\":\"127.0.0.1\"", "\"source.port\":")
                .containsPattern("\"client.address\":\"" + clientPattern(header) + '"');
    }

    /** The JDK writes IPv6 addresses in full. */
    private static String clientPattern(Header header) {
        return header.client().replace("::", ":0:0:0:0:0:");
    }

    private static Peer connect(Ground ground, Protocol protocol, byte[] header, Delivery delivery) throws IOException {
        Socket tcp = BalancerSocket.connect(ground.site().port(), header, delivery);
        return protocol == Protocol.HTTP_1
                ? Http1Peer.over(TlsSocket.over(tcp, ground.device(), "http/1.1"))
                : Http2Peer.over(TlsSocket.over(tcp, ground.device(), "h2"));
    }

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void aPlainListenerLearnsOfItsClientsTheSameWay(Delivery delivery) throws Exception {
        int port = requiring.site().gateway().address("plain").getPort();
        try (Socket tcp = BalancerSocket.connect(port, Header.V2_IPV4.bytes(), delivery)) {
            tcp.getOutputStream().write(text(REQUEST));
            assertThat(answer(tcp)).startsWith("HTTP/1.1 200");
        }
        assertThat(access.await("\"sealgate.listener\":\"plain\""))
                .contains("\"client.address\":\"192.0.2.9\"", "\"source.address\":\"127.0.0.1\"");
    }

    @ParameterizedTest
    @EnumSource
    void aBalancerThatMaySayNothingIsServedAsItself(Protocol protocol) throws Exception {
        double absent = headers(accepting, "absent");
        accepting.assertServes(protocol);
        assertThat(access.await("\"url.path\":\"/probe\""))
                .contains("\"client.address\":\"127.0.0.1\"")
                .doesNotContain("source.address");
        assertThat(headers(accepting, "absent")).isEqualTo(absent + 1);
    }

    @ParameterizedTest
    @EnumSource
    void whereHeadersMayBeLeftOutTheyAreBelievedAllTheSame(Protocol protocol) throws Exception {
        try (Peer peer = connect(accepting, protocol, Header.V1_IPV4.bytes(), Delivery.ALONE)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);
        }
        access.await("\"client.address\":\"192.0.2.9\"");
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsNotTheBalancerNeedsNoHeader(Protocol protocol) throws Exception {
        distrustful.assertServes(protocol);
        assertThat(access.await("\"url.path\":\"/probe\"")).contains("\"client.address\":\"127.0.0.1\"");
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsNotTheBalancerHasItsHeaderTakenForTls(Header header) throws Exception {
        double before = handshakes(distrustful, "not-tls");
        assertThat(talk(distrustful, header.bytes(), distrustful.device())).isEmpty();
        distrustful.awaitNoConnections();
        assertThat(handshakes(distrustful, "not-tls")).isEqualTo(before + 1);
        assertThat(distrustful.metric(HEADERS)).isZero();
        connections.await("reason=not-tls", "client=/127.0.0.1:");
    }

    @Test
    void onAPlainListenerTheHeaderOfAnybodyElseIsNoRequest() throws Exception {
        int port = distrustful.site().gateway().address("plain").getPort();
        try (Socket tcp = BalancerSocket.connect(port, Header.V1_IPV4.bytes(), Delivery.TOGETHER)) {
            tcp.getOutputStream().write(text(REQUEST));
            assertThat(answer(tcp)).startsWith("HTTP/1.1 400");
        }
        assertThat(access.await("\"sealgate.listener\":\"plain\"")).contains("\"client.address\":\"127.0.0.1\"");
    }

    static Stream<Arguments> badBeginnings() {
        return Stream.of(
                Arguments.of("missing", text("GET / HTTP/1.1\r\n")),
                Arguments.of("malformed", text("PROXY TCP4 192.0.2.9 198.51.100.1 054321 8443\r\n")),
                Arguments.of("malformed", binary("2111000bc0000209c6336401d43120")),
                Arguments.of("unsupported", binary("21120000")),
                Arguments.of("unsupported", text("PROXY SCTP4 192.0.2.9 198.51.100.1 54321 8443\r\n")),
                Arguments.of("checksum", binary("21110013c0000209c6336401d43120fb030004deadbeef")),
                Arguments.of("too-long", text("PROXY UNKNOWN " + "x".repeat(100) + "\r\n")),
                Arguments.of("too-long", binary("21110ff1")),
                Arguments.of("missing", text("\u0001\u0002\u0003garbage")));
    }

    @ParameterizedTest
    @MethodSource("badBeginnings")
    void aBadHeaderIsCountedOnceAndNothingOfItGoesFurther(String reason, byte[] beginning) throws Exception {
        double before = headers(requiring, reason);
        double ofAny = requiring.metric(HEADERS, REFUSED);
        double handshakes = requiring.metric(HANDSHAKES);
        assertThat(talk(requiring, beginning, requiring.device())).isEmpty();
        requiring.awaitNoConnections();
        assertThat(headers(requiring, reason)).isEqualTo(before + 1);
        assertThat(requiring.metric(HEADERS, REFUSED)).isEqualTo(ofAny + 1);
        assertThat(requiring.metric(HANDSHAKES)).isEqualTo(handshakes);
        connections.await("PROXY header refused", "reason=" + reason, "peer=/127.0.0.1:");
    }

    @Test
    void aBalancerThatMustSendAHeaderCannotLeaveItOut() throws Exception {
        double before = headers(requiring, "missing");
        assertThat(talk(requiring, NOTHING, requiring.device())).isEmpty();
        requiring.awaitNoConnections();
        assertThat(headers(requiring, "missing")).isEqualTo(before + 1);
    }

    @Test
    void aSecondHeaderIsNoHeader() throws Exception {
        double before = handshakes(requiring, "not-tls");
        byte[] header = Header.V1_IPV4.bytes();
        byte[] twice = Arrays.copyOf(header, 2 * header.length);
        System.arraycopy(header, 0, twice, header.length, header.length);
        assertThat(talk(requiring, twice, requiring.device())).isEmpty();
        requiring.awaitNoConnections();
        assertThat(handshakes(requiring, "not-tls")).isEqualTo(before + 1);
        connections.await("reason=not-tls", "client=/192.0.2.9:54321");
    }

    @Test
    void aHeaderInsideTlsIsNoHeader() throws Exception {
        try (Http1Peer peer = (Http1Peer) connect(accepting, Protocol.HTTP_1, Header.V2_IPV6.bytes(), Delivery.ALONE)) {
            peer.raw("PROXY TCP4 203.0.113.66 198.51.100.1 54321 8443\r\n" + REQUEST);
            assertThat(peer.answer().status()).isEqualTo(400);
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
        assertThat(access.await("\"http.response.status_code\":400")).contains("\"client.address\":\"2001:db8:");
    }

    @Test
    void aRefusedHandshakeIsTheClients() throws Exception {
        double before = handshakes(requiring, "no-certificate");
        assertThat(talk(requiring, Header.V1_IPV4.bytes(), stranger)).isEmpty();
        requiring.awaitNoConnections();
        assertThat(handshakes(requiring, "no-certificate")).isEqualTo(before + 1);
        connections.await("handshake refused", "client=/192.0.2.9:54321");
    }

    static Stream<byte[]> probes() {
        return Stream.of(NOTHING, LOCAL);
    }

    @ParameterizedTest
    @MethodSource("probes")
    void aBalancerThatLooksWhetherSomebodyIsInIsNoFailedHandshake(byte[] probe) throws Exception {
        double handshakes = requiring.metric(HANDSHAKES);
        double refused = requiring.metric(HEADERS, REFUSED);
        double all = requiring.metric(HEADERS);
        BalancerSocket.connect(requiring.site().port(), probe, Delivery.ALONE).close();
        Await.until("headers", () -> requiring.metric(HEADERS), count -> count == all + (probe.length > 0 ? 1 : 0));
        requiring.awaitNoConnections();
        assertThat(requiring.metric(HANDSHAKES)).isEqualTo(handshakes);
        assertThat(requiring.metric(HEADERS, REFUSED)).isEqualTo(refused);
    }

    @Test
    void aBalancerThatShakesHandsForItselfIsNoFailedHandshake() throws Exception {
        double handshakes = requiring.metric(HANDSHAKES);
        double local = headers(requiring, "local");
        assertThat(talk(requiring, LOCAL, stranger)).isEmpty();
        Await.until("headers", () -> headers(requiring, "local"), count -> count > local);
        requiring.awaitNoConnections();
        assertThat(requiring.metric(HANDSHAKES)).isEqualTo(handshakes);
    }

    @Test
    void whomTheBalancerDoesNotKnowHasTheBalancersAddress() throws Exception {
        assertThat(talk(requiring, text("PROXY UNKNOWN 1.2.3.4 x\r\n"), requiring.device()))
                .startsWith("HTTP/1.1 200");
        assertThat(access.await("\"url.path\":\"/probe\"")).contains("\"client.address\":\"127.0.0.1\"");
    }

    @Test
    void aHeaderThatDoesNotEndIsNotWaitedFor() throws Exception {
        Path own = directory.resolve("impatient");
        try (Ground impatient = Ground.start(own, "impatient", 1, site -> site.limits("{handshake-timeout: 200ms}")
                        .proxyProtocol("{mode: accept, trusted: [127.0.0.0/8]}"));
                Socket tcp = BalancerSocket.connect(impatient.site().port(), text("PROXY TCP4 "), Delivery.ALONE)) {
            assertThat(answer(tcp)).isEmpty();
            impatient.awaitNoConnections();
            assertThat(headers(impatient, "timeout")).isEqualTo(1);
            assertThat(impatient.metric(HANDSHAKES)).isZero();
        }
    }

    @Test
    void aHalfHeaderDoesNotHoldUpTheEnd() throws Exception {
        Path own = directory.resolve("ending");
        try (Ground ending = Ground.start(own, "ending", 1, site -> site.limits("{handshake-timeout: 10m}")
                        .proxyProtocol("{mode: accept, trusted: [127.0.0.0/8]}"));
                Socket tcp = BalancerSocket.connect(ending.site().port(), text("PROXY TCP4 "), Delivery.ALONE)) {
            Await.until("connections", () -> ending.metric("sealgate_connections"), open -> open == 1);
            assertThat(ending.site().gateway().drain(Duration.ofSeconds(20))).isTrue();
            assertThat(answer(tcp)).isEmpty();
        }
    }

    private static double headers(Ground ground, String reason) throws IOException {
        return ground.metric(HEADERS, "reason=\"" + reason + '"');
    }

    private static double handshakes(Ground ground, String reason) throws IOException {
        return ground.metric(HANDSHAKES, REFUSED, "reason=\"" + reason + '"');
    }

    /** What the gateway says to a request over TLS behind {@code beginning}, empty if it ends the connection instead. */
    private static String talk(Ground ground, byte[] beginning, SSLContext context) throws IOException {
        try (Socket tcp = BalancerSocket.connect(ground.site().port(), beginning, Delivery.TOGETHER);
                TlsSocket tls = TlsSocket.over(tcp, context, "http/1.1")) {
            tls.tls().getOutputStream().write(text(REQUEST));
            return answer(tls.tls());
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException refused) {
            return "";
        }
    }

    private static String answer(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readNBytes(16), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return "";
        }
    }
}
