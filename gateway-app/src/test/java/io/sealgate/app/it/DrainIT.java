package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway that is to stop finishes what has begun and begins nothing. */
class DrainIT {

    private static final int LARGE = 24 * 1024 * 1024;

    @TempDir
    private Path directory;

    private Ground ground;

    @BeforeEach
    void start() throws Exception {
        ground = Ground.start(directory, 3, site -> site);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private CompletableFuture<Boolean> drain() throws Exception {
        CompletableFuture<Boolean> drained =
                CompletableFuture.supplyAsync(() -> ground.site().gateway().drain(TlsSocket.PATIENCE));
        Await.until("new connections", this::isAccepting, accepting -> !accepting);
        return drained;
    }

    private boolean isAccepting() {
        try (Peer peer = ground.connect(Protocol.HTTP_1)) {
            return peer.get("/probe").status() == 200;
        } catch (IOException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunningDownloadIsFinished(Protocol protocol) throws Exception {
        byte[] object = ground.store("large", LARGE);
        try (Peer peer = protocol == Protocol.HTTP_1
                ? Http1Peer.connect(ground.device(), ground.site().port(), 64 * 1024)
                : ground.connect(protocol)) {
            peer.head("GET", "/large", Map.of(), false);
            ground.site().origin().log().await(seen -> seen.status() == 200, TlsSocket.PATIENCE);
            CompletableFuture<Boolean> drained = drain();
            assertThat(drained).isNotDone();
            PeerAnswer answer = peer.answer();
            assertThat(answer.whole()).isTrue();
            assertThat(answer.body()).isEqualTo(object);
            assertThat(peer.endsWithoutAnswer()).isTrue();
            assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunningUploadIsFinished(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            peer.head("PUT", "/upload", Map.of("content-length", "1100000"), true);
            ground.site().origin().log().await(seen -> true, TlsSocket.PATIENCE);
            CompletableFuture<Boolean> drained = drain();
            peer.body(Ground.bytes(1_100_000), true);
            PeerAnswer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("connection")).isEqualTo(protocol == Protocol.HTTP_1 ? "close" : null);
            assertThat(peer.endsWithoutAnswer()).isTrue();
            assertThat(peer instanceof Http2Peer http2 && !http2.isGoneAway()).isFalse();
            assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ground.isStored("upload")).isTrue();
    }

    @Test
    void idleConnectionsEndAtOnce() throws Exception {
        try (Peer http1 = ground.connect(Protocol.HTTP_1);
                Peer http2 = ground.connect(Protocol.HTTP_2);
                Peer fresh = ground.connect(Protocol.HTTP_1)) {
            http1.get("/probe");
            http2.get("/probe");
            assertThat(ground.site().gateway().drain(TlsSocket.PATIENCE)).isTrue();
            assertThat(http1.endsWithoutAnswer()).isTrue();
            assertThat(http2.endsWithoutAnswer()).isTrue();
            assertThat(fresh.endsWithoutAnswer()).isTrue();
        }
        assertThatThrownBy(() -> ground.connect(Protocol.HTTP_1)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotFinishInTimeIsReported(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            peer.head("PUT", "/never", Map.of("content-length", "1100000"), true);
            ground.site().origin().log().await(seen -> true, TlsSocket.PATIENCE);
            assertThat(ground.site().gateway().drain(Duration.ofMillis(300))).isFalse();
        }
    }
}
