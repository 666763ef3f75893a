package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted as sent is what clients were sent, whoever said it and however it ended. */
class AccountingIT {

    /** More than is held until it has been judged. */
    private static final int SIZE = 1_500_000;

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site.pool("{idle-timeout: 100ms}"));
        ground.store("object", SIZE);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() throws Exception {
        ground.awaitNoConnections();
        ground.site().origin().faults().clear();
    }

    private static double sent() throws Exception {
        return ground.metric("sealgate_response_bytes_total");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerOfTheOriginsCountsItsBody(Protocol protocol) throws Exception {
        double before = sent();
        long exchanges = ground.exchanges();
        try (Peer peer = ground.connect(protocol)) {
            peer.get("/object");
            peer.exchange("HEAD", "/object", Map.of(), new byte[0]);
        }
        ground.awaitQuietAfter(exchanges + 2);
        assertThat(sent() - before).isEqualTo((double) SIZE);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerOfTheGatewaysOwnCountsItsBody(Protocol protocol) throws Exception {
        double before = sent();
        long exchanges = ground.exchanges();
        int bytes;
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.get("/a/%2e%2e/b");
            Ground.assertOwnHead(answer, 400, "request");
            bytes = answer.body().length;
            peer.exchange("HEAD", "/a/%2e%2e/b", Map.of(), new byte[0]);
        }
        ground.awaitQuietAfter(exchanges + 2);
        assertThat(sent() - before).isEqualTo((double) bytes);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWithheldIsNotCounted(Protocol protocol) throws Exception {
        ground.site().origin().faults().next(RequestMatcher.any(), new Fault.FlipByte(SIZE - 1));
        double before = sent();
        long exchanges = ground.exchanges();
        int received;
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.get("/object");
            assertThat(answer.whole()).isFalse();
            received = answer.body().length;
        }
        ground.awaitQuietAfter(exchanges + 1);
        assertThat(sent() - before).isBetween((double) received, SIZE - 1.0);
    }
}
