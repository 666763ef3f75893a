package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that vanish, in every way and at every moment: one end of the exchange, nothing kept, nothing committed. */
class ClientFaultIT {

    private static final int LARGE = 3 * 1024 * 1024;
    private static final Map<String, String> LARGE_BODY = Map.of("content-length", Integer.toString(LARGE));

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    /** How a client goes. */
    enum Exit {
        /** HTTP/1.1: FIN; HTTP/2: RST_STREAM. */
        ABANDON,
        /** FIN without a word. */
        CLOSE,
        /** TCP reset. */
        RESET;

        void leave(Peer peer) throws IOException {
            switch (this) {
                case ABANDON -> peer.abandon();
                case CLOSE -> peer.close();
                case RESET -> peer.reset();
            }
        }
    }

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(
                Ground.start(directory, 1, ClientFaultIT::options), Ground.start(directory, 3, ClientFaultIT::options));
        for (Ground ground : grounds) {
            ground.store("large", LARGE);
        }
    }

    private static TestSite.Builder options(TestSite.Builder site) {
        return site.pool("{idle-timeout: 50ms}");
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() throws Exception {
        for (Ground ground : grounds) {
            ground.awaitNoConnections();
        }
        grounds.forEach(ground -> ground.site().origin().faults().clear());
        grounds.forEach(ground -> ground.site().origin().log().clear());
    }

    static Stream<Arguments> exits() {
        return Ground.cases(grounds).flatMap(each -> Stream.of(Exit.values()).map(exit -> Arguments.of(each, exit)));
    }

    @ParameterizedTest
    @MethodSource("exits")
    void halfAHeadIsNoRequestToTheOrigin(Ground.Case site, Exit exit) throws Exception {
        Ground ground = site.ground();
        Peer peer = site.connect();
        peer.partOfHead("/large");
        exit.leave(peer);
        peer.close();
        ground.awaitNoConnections();
        assertThat(ground.site().origin().log().requests()).isEmpty();
        ground.assertServes(site.protocol());
    }

    @ParameterizedTest
    @MethodSource("exits")
    void anUnfinishedUploadIsNotCommitted(Ground.Case site, Exit exit) throws Exception {
        Ground ground = site.ground();
        long before = ground.exchanges();
        Peer peer = site.connect();
        peer.head("PUT", "/half", LARGE_BODY, true);
        peer.body(Ground.bytes(100_000), false);
        ground.site().origin().log().await(seen -> seen.bodyBytes() == 100_000, TlsSocket.PATIENCE);
        exit.leave(peer);
        var seen = ground.site().origin().log().awaitFinished(1, TlsSocket.PATIENCE);
        peer.close();
        assertThat(seen).singleElement().matches(request -> !request.committed() && !request.bodyComplete());
        assertThat(ground.isStored("half")).isFalse();
        ground.awaitQuietAfter(before + 1);
        assertThat(ground.exchanges("outcome=\"aborted\"")).isPositive();
        ground.assertServes(site.protocol());
    }

    static Stream<Arguments> brokenFrames() {
        return Ground.cases(grounds)
                .filter(site -> site.protocol() == Protocol.HTTP_2)
                .flatMap(site -> Stream.of(
                        Arguments.of(site, DATA, END_STREAM, new byte[5]),
                        Arguments.of(site, WINDOW_UPDATE, 0, new byte[4]),
                        Arguments.of(site, HEADERS, END_STREAM | END_HEADERS, Hpack.encode(Map.of(":path", "/")))));
    }

    /** A body of another length than announced, a window update of nothing, a pseudo-field in trailers. */
    @ParameterizedTest(name = "{0} frame type {1}")
    @MethodSource("brokenFrames")
    void aStreamThatTheClientBreaksIsNoFailureOfTheGateway(Ground.Case site, int type, int flags, byte[] payload)
            throws Exception {
        Ground ground = site.ground();
        long before = ground.exchanges();
        long aborted = ground.exchanges("outcome=\"aborted\"");
        try (Http2Peer peer = Http2Peer.connect(ground.device(), ground.site().port())) {
            peer.head("PUT", "/half", LARGE_BODY, true);
            ground.site().origin().log().await(seen -> true, TlsSocket.PATIENCE);
            peer.frame(type, flags, 1, payload);
            PeerAnswer answer = peer.answer();
            assertThat(answer.whole()).isFalse();
            assertThat(answer.status()).isZero();
        }
        ground.awaitQuietAfter(before + 1);
        assertThat(ground.exchanges("outcome=\"aborted\"")).isEqualTo(aborted + 1);
        assertThat(ground.exchanges("source=\"gateway\"")).isZero();
        assertThat(ground.isStored("half")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("exits")
    void aRequestThatNobodyWaitsForLeavesTheOrigin(Ground.Case site, Exit exit) throws Exception {
        Ground ground = site.ground();
        long before = ground.exchanges();
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.Stall());
        Peer peer = site.connect();
        peer.head("GET", "/large", Map.of(), false);
        ground.site().origin().log().await(seen -> true, TlsSocket.PATIENCE);
        exit.leave(peer);
        ground.site().origin().log().awaitFinished(1, TlsSocket.PATIENCE);
        peer.close();
        ground.awaitQuietAfter(before + 1);
        ground.assertServes(site.protocol());
    }

    @ParameterizedTest
    @MethodSource("exits")
    void aDownloadThatNobodyTakesLeavesTheOrigin(Ground.Case site, Exit exit) throws Exception {
        Ground ground = site.ground();
        long before = ground.exchanges();
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.StallAfter(200_000));
        Peer peer = site.connect();
        peer.head("GET", "/large", Map.of(), false);
        peer.awaitBody(100_000);
        exit.leave(peer);
        ground.site().origin().log().awaitFinished(1, TlsSocket.PATIENCE);
        peer.close();
        ground.awaitQuietAfter(before + 1);
        ground.assertServes(site.protocol());
    }

    @ParameterizedTest
    @MethodSource("exits")
    void aDownloadThatIsNotReadIsNoticedToBeAbandoned(Ground.Case site, Exit exit) throws Exception {
        Ground ground = site.ground();
        long before = ground.exchanges();
        ground.store("huge", 24 * 1024 * 1024);
        Peer peer = site.protocol() == Protocol.HTTP_1
                ? Http1Peer.connect(ground.device(), ground.site().port(), 16 * 1024)
                : Http2Peer.connect(ground.device(), ground.site().port(), 100_000);
        peer.head("GET", "/huge", Map.of(), false);
        peer.awaitBody(50_000);
        exit.leave(peer);
        ground.site().origin().log().awaitFinished(1, TlsSocket.PATIENCE);
        peer.close();
        ground.awaitQuietAfter(before + 1);
        ground.assertServes(site.protocol());
    }

    @ParameterizedTest
    @MethodSource("exits")
    void whatWasPipelinedBehindAnAbandonedRequestIsNotServed(Ground.Case site, Exit exit) throws Exception {
        Ground ground = site.ground();
        long before = ground.exchanges();
        ground.store("precious", 10);
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.Stall());
        Peer peer = ground.connectHttp1();
        ((Http1Peer) peer)
                .raw(
                        "GET /large HTTP/1.1\r\nhost: localhost\r\n\r\nDELETE /precious HTTP/1.1\r\nhost: localhost\r\n\r\n");
        ground.site().origin().log().await(seen -> true, TlsSocket.PATIENCE);
        exit.leave(peer);
        peer.close();
        ground.awaitQuietAfter(before + 1);
        assertThat(ground.isStored("precious")).isTrue();
        ground.assertServes(site.protocol());
    }
}
