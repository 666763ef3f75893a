package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever stands still is let go, in every phase, with all that was held for it. */
class TimeoutIT {

    private static final int HUGE = 24 * 1024 * 1024;

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(
                directory, 1, site -> site.limits("{header-timeout: 300ms, idle-timeout: 700ms, drain-timeout: 700ms}")
                        .pool("{idle-timeout: 100ms}")
                        .timeouts("{first-byte: 700ms, idle: 700ms, connect: 500ms}"));
        ground.store("huge", HUGE);
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

    @ParameterizedTest
    @EnumSource
    void aHeadThatDoesNotEndEndsTheConnection(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            peer.partOfHead("/probe");
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
        ground.awaitNoConnections();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionWithoutARequestEnds(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
        ground.awaitNoConnections();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionEndsAfterItsLastRequest(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            assertThat(peer.get("/probe").status()).isEqualTo(200);
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
        ground.awaitNoConnections();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsUsedNowAndThenDoesNotEnd(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            for (int i = 0; i < 8; i++) {
                Thread.sleep(200);
                assertThat(peer.get("/probe").status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUploadThatStandsStillIsATimeout(Protocol protocol) throws Exception {
        long before = ground.exchanges();
        try (Peer peer = ground.connect(protocol)) {
            peer.head("PUT", "/stalled", Map.of("content-length", "100000"), true);
            peer.body(Ground.bytes(50_000), false);
            Ground.assertOwnError(peer.answer(), 400, "RequestTimeout", "request");
        }
        ground.awaitQuietAfter(before + 1);
        assertThat(ground.isStored("stalled")).isFalse();
    }

    @Test
    void anOriginThatDoesNotAcceptIsATimeout() throws Exception {
        List<Socket> crowd = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Ground cut = Ground.start(directory, 2, site -> site.originPort(deaf.getLocalPort())
                        .timeouts("{connect: 500ms, first-byte: 5s}"))) {
            fillBacklog(deaf, crowd);
            try (Peer peer = cut.connect(Protocol.HTTP_1)) {
                Ground.assertOwnError(peer.get("/probe"), 504, "GatewayTimeout", "origin");
            }
            assertThat(cut.metric("sealgate_upstream_connections_failed_total")).isEqualTo(1);
        } finally {
            for (Socket each : crowd) {
                each.close();
            }
        }
    }

    /** Nothing was asked of the origin yet, so it is not the one to blame. */
    @ParameterizedTest
    @EnumSource
    void aConnectionThatDoesNotBecomeFreeIsNoTimeoutOfTheOrigins(Protocol protocol) throws Exception {
        try (Ground full = Ground.start(directory, "full " + protocol, 1, site -> site.pool("{connections: 1}")
                        .timeouts("{first-byte: 500ms}"));
                Peer uploading = full.connect(protocol);
                Peer waiting = full.connect(protocol)) {
            uploading.head("PUT", "/slow", Map.of("content-length", "1100000"), true); // more than is held first
            full.site().origin().log().await(seen -> true, TlsSocket.PATIENCE);
            Ground.assertOwnError(waiting.get("/probe"), 503, "SlowDown", "gateway");
            uploading.body(Ground.bytes(1_100_000), true);
            assertThat(uploading.answer().status()).isEqualTo(200);
        }
    }

    /** Connects until nobody is let in any more. */
    private static void fillBacklog(ServerSocket deaf, List<Socket> crowd) throws IOException {
        for (int i = 0; i < 16; i++) {
            Socket one = new Socket();
            crowd.add(one);
            try {
                one.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 300);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new AssertionError("backlog: never full (expected: after a few connections)");
    }
}
