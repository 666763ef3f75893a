package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What there is only so much of: beyond it clients are told so, and nobody else suffers. */
class LimitIT {

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site.limits("{connections: 8, header-size: 4KiB, header-count: 20}")
                .pool("{connections: 1, pending: 1, idle-timeout: 100ms}"));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() throws Exception {
        ground.awaitNoConnections();
        ground.site().origin().log().clear();
        ground.site().origin().faults().clear();
    }

    /** A client that has its share gets another connection in exchange for the one that it has used least. */
    @Test
    void aConnectionTooManyTakesThePlaceOfTheLongestIdleOne() throws Exception {
        try (Peer one = ground.connect(Protocol.HTTP_1);
                Peer two = ground.connect(Protocol.HTTP_2);
                Peer three = ground.connect(Protocol.HTTP_1);
                Peer four = ground.connect(Protocol.HTTP_1)) {
            assertThat(one.get("/probe").status()).isEqualTo(200);
            try (Peer five = ground.connect(Protocol.HTTP_1)) {
                for (Peer peer : new Peer[] {one, three, four, five}) {
                    assertThat(peer.get("/probe").status()).isEqualTo(200);
                }
                assertThat(two.endsWithoutAnswer()).isTrue();
            }
        }
        ground.awaitNoConnections();
        ground.assertServes(Protocol.HTTP_1);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestTooManyIsToldToSlowDown(Protocol protocol) throws Exception {
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.Stall());
        try (Peer running = ground.connect(protocol);
                Peer waiting = ground.connect(protocol);
                Peer refused = ground.connect(protocol)) {
            running.head("GET", "/probe", Map.of(), false);
            ground.site().origin().log().await(seen -> true, TlsSocket.PATIENCE);
            waiting.head("GET", "/probe", Map.of(), false);
            PeerAnswer first = refused.get("/probe");
            while (first.status() != 503) {
                first = refused.get("/probe");
            }
            Ground.assertOwnError(first, 503, "SlowDown", "gateway");
            running.reset();
            PeerAnswer served = waiting.answer();
            assertThat(served.status()).isEqualTo(200);
        }
    }

    /** Who waited in line and left must not keep others out. */
    @ParameterizedTest
    @EnumSource
    void aPlaceInLineIsFreedByWhoLeaves(Protocol protocol) throws Exception {
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.Stall());
        try (Peer running = ground.connect(Protocol.HTTP_1);
                Peer leaving = ground.connect(protocol);
                Peer waiting = ground.connect(protocol)) {
            running.head("GET", "/probe", Map.of(), false);
            ground.site().origin().log().await(seen -> true, TlsSocket.PATIENCE);
            long before = ground.exchanges();
            leaving.head("GET", "/probe", Map.of(), false);
            leaving.abandon();
            Await.until("exchanges", ground::exchanges, count -> count == before + 1);
            waiting.head("GET", "/probe", Map.of(), false);
            running.reset();
            assertThat(waiting.answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeadTooLargeIsRefused(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.exchange("GET", "/probe", Map.of("x-large", "x".repeat(8000)), new byte[0]);
            Ground.assertOwnError(answer, 431, "RequestHeaderSectionTooLarge", "request");
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
        ground.assertServes(protocol);
    }

    @ParameterizedTest
    @EnumSource
    void anUploadWithAHeadTooLargeIsRefused(Protocol protocol) throws Exception {
        Map<String, String> headers = Map.of("content-length", "1000", "x-large", "x".repeat(8000));
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.exchange("PUT", "/large-head", headers, Ground.bytes(1000));
            Ground.assertOwnError(answer, 431, "RequestHeaderSectionTooLarge", "request");
        }
        assertThat(ground.isStored("large-head")).isFalse();
    }

    /** The other streams of the connection have nothing to do with it. */
    @Test
    void aHeadTooLargeCostsOnlyItsOwnStream() throws Exception {
        try (Peer peer = ground.connect(Protocol.HTTP_2)) {
            for (int size : new int[] {5000, 8000, 9000}) {
                PeerAnswer answer = peer.exchange("GET", "/probe", Map.of("x-large", "x".repeat(size)), new byte[0]);
                assertThat(answer.status()).as("a field of %s bytes", size).isEqualTo(431);
                assertThat(peer.get("/probe").status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeadFarTooLargeReachesNobody(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.exchange("GET", "/probe", Map.of("x-large", "x".repeat(16_000)), new byte[0]);
            assertThat(answer.status()).isIn(0, 431);
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
        ground.assertServes(protocol);
    }

    @ParameterizedTest
    @EnumSource
    void tooManyFieldsAreRefused(Protocol protocol) throws Exception {
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 21; i++) {
            many.put("x-" + i, "y");
        }
        try (Peer peer = ground.connect(protocol)) {
            Ground.assertOwnError(
                    peer.exchange("GET", "/probe", many, new byte[0]), 431, "RequestHeaderSectionTooLarge", "request");
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }
}
