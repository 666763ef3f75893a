package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that ask and do not read: what is held for them is bounded, in bytes and in time. */
class SlowReaderIT {

    private static final int HUGE = 24 * 1024 * 1024;
    private static final long ENOUGH_FOR_ONE_EXCHANGE = 16 * 1024 * 1024;
    private static final int SMALL_BUFFER = 4 * 1024;

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site.limits("{idle-timeout: 700ms, drain-timeout: 700ms}")
                .pool("{idle-timeout: 100ms}")
                .timeouts("{idle: 700ms}"));
        ground.store("huge", HUGE);
        ground.store("medium", 200_000);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() throws Exception {
        ground.awaitNoConnections();
        ground.site().origin().log().clear();
    }

    private static Peer connect(Protocol protocol, int window) throws Exception {
        return protocol == Protocol.HTTP_1
                ? Http1Peer.connect(ground.device(), ground.site().port(), SMALL_BUFFER)
                : Http2Peer.connect(ground.device(), ground.site().port(), window);
    }

    private static void awaitClientsGone() throws Exception {
        awaitClientsGone(TlsSocket.PATIENCE);
    }

    private static void awaitClientsGone(Duration patience) throws Exception {
        Await.until("client connections", patience, () -> ground.metric("sealgate_connections"), open -> open == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatStopsReadingIsLetGo(Protocol protocol) throws Exception {
        long before = ground.exchanges();
        double memory = ground.metric("sealgate_netty_direct_memory_bytes");
        try (Peer peer = connect(protocol, 100_000)) {
            peer.head("GET", "/huge", Map.of(), false);
            ground.site().origin().log().awaitFinished(1, TlsSocket.PATIENCE);
            assertThat(ground.metric("sealgate_netty_direct_memory_bytes") - memory)
                    .isLessThan(ENOUGH_FOR_ONE_EXCHANGE);
            awaitClientsGone();
            assertThat(peer.answer().whole()).isFalse();
        }
        ground.awaitQuietAfter(before + 1);
    }

    /** The whole answer fits into what the gateway may hold for a client: even so it is not held for ever. */
    @ParameterizedTest
    @EnumSource
    void aClientThatNeverTakesTheLastBytesIsLetGo(Protocol protocol) throws Exception {
        try (Peer peer = connect(protocol, 1000)) {
            if (peer instanceof Http1Peer raw) {
                raw.raw("GET /medium HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(30));
            } else {
                peer.head("GET", "/medium", Map.of(), false);
            }
            ground.site().origin().log().awaitFinished(1, TlsSocket.PATIENCE);
            awaitClientsGone();
        }
        ground.awaitNoConnections();
        assertThat(ground.exchanges("outcome=\"aborted\"")).isPositive();
    }

    /** Small answers to a client that never reads them must not pile up in the gateway. */
    @Test
    void aClientThatNeverReadsIsNotServedOn() throws Exception {
        int requests = 60_000;
        long before = ground.exchanges();
        String many = "GET /x HTTP/1.1\r\nHost: nowhere.example\r\n\r\n".repeat(1000);
        try (Http1Peer peer = Http1Peer.connect(ground.device(), ground.site().port(), SMALL_BUFFER)) {
            for (int sent = 0; sent < requests; sent += 1000) {
                peer.raw(many);
            }
            // thousands of answers fit into the kernel's buffers first, and a busy machine takes its time for them
            awaitClientsGone(Duration.ofMinutes(1));
        }
        assertThat(ground.exchanges() - before).isPositive().isLessThan(requests);
    }
}
