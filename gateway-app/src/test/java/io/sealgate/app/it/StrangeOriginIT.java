package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.it.ScriptedOrigin.Ending;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Origins that do not speak proper HTTP: no client is told a lie, and no answer ends up with the wrong one. */
class StrangeOriginIT {

    @TempDir
    private static Path directory;

    private static ScriptedOrigin origin;
    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        origin = new ScriptedOrigin();
        ground = Ground.start(directory, 1, site -> site.originPort(origin.port())
                .pool("{connections: 1, idle-timeout: 100ms}")
                .timeouts("{first-byte: 1500ms, idle: 1500ms}"));
    }

    @AfterAll
    static void stop() throws Exception {
        ground.close();
        origin.close();
    }

    @BeforeEach
    void startAfresh() throws Exception {
        ground.awaitNoConnections();
    }

    static Stream<Arguments> malformedHeads() {
        return Stream.of(
                        "nonsense\r\n\r\n",
                        "HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\nhi",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!",
                        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!",
                        "HTTP/1.1 200 OK\r\nETag: a\r\n Content-Length: 3\r\nContent-Length: 2\r\n\r\nhi",
                        "HTTP/1.1 1000 OK\r\nContent-Length: 2\r\n\r\nhi",
                        "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nhi",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2x\r\n\r\nhi",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 2\r\n\r\nhi",
                        "HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(70_000) + "\r\nContent-Length: 2\r\n\r\nhi")
                .flatMap(head -> Stream.of(Protocol.values()).map(protocol -> Arguments.of(protocol, head)));
    }

    @ParameterizedTest(name = "{0} [{index}]")
    @MethodSource("malformedHeads")
    void aMalformedAnswerIsABadGateway(Protocol protocol, String head) throws Exception {
        origin.answer(head, false);
        long before = ground.exchanges();
        try (Peer peer = ground.connect(protocol)) {
            Ground.assertOwnError(peer.get("/x"), 502, "BadGateway", "origin");
        }
        ground.awaitQuietAfter(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void aHeadThatDoesNotEndIsBroken(Protocol protocol) throws Exception {
        origin.answer("HTTP/1.1 200 OK\r\nContent-Le", true);
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.get("/x");
            assertThat(answer.status()).isIn(502, 503);
            assertThat(answer.header("x-sealgate-error")).isEqualTo("origin");
        }
    }

    static Stream<Arguments> brokenBodies() {
        return Stream.of(
                        "Content-Length: 10\r\n\r\nshort",
                        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nx\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX0\r\n\r\n",
                        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                .flatMap(rest -> Stream.of(Protocol.values()).map(protocol -> Arguments.of(protocol, rest)));
    }

    @ParameterizedTest(name = "{0} [{index}]")
    @MethodSource("brokenBodies")
    void aBodyThatEndsBadlyNeverLooksWhole(Protocol protocol, String rest) throws Exception {
        origin.answer("HTTP/1.1 200 OK\r\n" + rest, true);
        long before = ground.exchanges();
        try (Peer peer = ground.connect(protocol)) {
            assertThat(peer.get("/x").whole()).isFalse();
        }
        ground.awaitQuietAfter(before + 1);
    }

    /** It would look whole to a client that is told where the body ends by the gateway, not by the connection. */
    @ParameterizedTest
    @EnumSource
    void aResetIsNotTheEndOfAnAnswerThatEndsWithTheConnection(Protocol protocol) throws Exception {
        origin.answer("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(100_000), Ending.RESET);
        long before = ground.exchanges();
        try (Peer peer = ground.connect(protocol)) {
            assertThat(peer.get("/x").isOriginsWhole()).isFalse();
        }
        ground.awaitQuietAfter(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void anInterimAnswerComesBeforeTheAnswer(Protocol protocol) throws Exception {
        origin.answer(
                "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", false);
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.get("/x");
            assertThat(answer.interims()).isEmpty();
            assertThat(answer.text()).isEqualTo("hi");
        }
    }

    static Stream<Arguments> unfitHeads() {
        return Stream.of(
                        "HTTP/1.1 200 OK\r\n\r\nhalf of it",
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nx-cos-hash-crc64ecma: 1\r\n\r\nhalf of it",
                        "HTTP/1.0 404 Not Found\r\n\r\nhalf of it",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n4\r\nevil\r\n0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 4\r\n\r\nevil",
                        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-3/9\r\nContent-Length: 4\r\n\r\nevil",
                        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nevil",
                        "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100),
                        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n" + "x-cos-hash-crc64ecma: 1\r\n".repeat(2)
                                + "\r\nevil")
                .flatMap(head -> Stream.of(Protocol.values()).map(protocol -> Arguments.of(protocol, head)));
    }

    /** Nothing of an answer is passed on that could not be told from a whole one, or is not what was asked for. */
    @ParameterizedTest(name = "{0} [{index}]")
    @MethodSource("unfitHeads")
    void anAnswerThatCannotBeTrustedIsABadGateway(Protocol protocol, String head) throws Exception {
        origin.answer(head, true);
        long before = ground.exchanges();
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.get("/x");
            assertThat(answer.text()).contains("<Code>BadGateway</Code>").doesNotContain("half", "evil");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("x-sealgate-error")).isIn("origin", "integrity");
        }
        ground.awaitQuietAfter(before + 1);
    }

    @Test
    void interimAnswersDoNotPutOffTheTimeout(@TempDir Path own) throws Exception {
        try (TalkativeOrigin talkative =
                        new TalkativeOrigin("HTTP/1.1 103 Early Hints\r\n\r\n", Duration.ofMillis(150));
                Ground waiting = Ground.start(own, 1, site -> site.originPort(talkative.port())
                        .timeouts("{first-byte: 800ms, idle: 800ms}"))) {
            for (Protocol protocol : Protocol.values()) {
                try (Peer peer = waiting.connect(protocol)) {
                    Ground.assertOwnError(peer.get("/x"), 504, "GatewayTimeout", "origin");
                }
            }
        }
    }

    static Stream<Arguments> excesses() {
        return Stream.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
                        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nX-Rest: ",
                        "HTTP/1.1 404 Not Fo",
                        "\r\n",
                        "evil")
                .flatMap(excess -> Stream.of(Protocol.values()).map(protocol -> Arguments.of(protocol, excess)));
    }

    /** Whoever waits for the connection next must not be given what nobody asked for, nor the beginning of it. */
    @ParameterizedTest(name = "{0} [{index}]")
    @MethodSource("excesses")
    void anAnswerThatNobodyAskedForReachesNobody(Protocol protocol, String excess) throws Exception {
        origin.answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood" + excess, false);
        try (Http1Peer peer = ground.connectHttp1();
                Peer other = ground.connect(protocol)) {
            peer.raw("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2));
            other.head("GET", "/y", Map.of(), false);
            for (Peer each : List.of(peer, peer, other)) {
                PeerAnswer answer = each.answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("x-rest")).isNull();
                assertThat(answer.text()).isEqualTo("good");
            }
        }
    }

    /** The origin has said all and gone; what it said waits in the gateway for a client that takes its time. */
    @ParameterizedTest
    @EnumSource
    void anOriginThatClosesAfterItsAnswerDoesNotCostASlowClientTheRest(Protocol protocol) throws Exception {
        byte[] body = Ground.bytes(4 * 1024 * 1024);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        answer.writeBytes(body);
        origin.answer(answer.toByteArray(), true);
        int closed = origin.closed();
        try (Peer peer = protocol == Protocol.HTTP_1
                ? Http1Peer.connect(ground.device(), ground.site().port(), 8 * 1024)
                : ground.connect(protocol)) {
            peer.head("GET", "/x", Map.of(), false);
            Await.until("answers given", origin::closed, count -> count > closed);
            PeerAnswer seen = peer.answer();
            assertThat(seen.whole())
                    .as("%s bytes are whole", seen.body().length)
                    .isTrue();
            assertThat(seen.body()).isEqualTo(body);
        }
    }
}
