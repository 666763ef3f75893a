package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that two readers could take apart differently (RFC 9112 §11.2): refused, the connection ended, the origin untouched. */
class FramingIT {

    private static final String BADLY_CHUNKED = "/badly-chunked";

    private static final String HOST = "Host: localhost\r\n";

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 2, site -> site);
        ground.store("small", 1000);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().log().clear();
    }

    static Stream<Arguments> ambiguousMessages() {
        return Stream.of(
                put("length and coding", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                put("coding and length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"),
                put("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"),
                put("two equal lengths", "Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
                put("a list of lengths", "Content-Length: 5, 6\r\n", "hello!"),
                put("a signed length", "Content-Length: +5\r\n", "hello"),
                put("a negative length", "Content-Length: -5\r\n", "hello"),
                put("a hexadecimal length", "Content-Length: 0x5\r\n", "hello"),
                put("an empty length", "Content-Length: \r\n", "hello"),
                put("a huge length", "Content-Length: 99999999999999999999\r\n", "hello"),
                put("a folded length", "Content-Length:\r\n 5\r\n", "hello"),
                put("a folded coding", "Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"),
                put("a folded field", "X-A: b\r\n c: d\r\nContent-Length: 5\r\n", "hello"),
                put("an unknown coding", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
                put("a coding before chunked", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
                put("a coding after chunked", "Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"),
                put("chunked twice", "Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"),
                put("two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n"),
                put("identity", "Transfer-Encoding: identity\r\n", "hello"),
                put("a quoted coding", "Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"),
                put("a coding behind a tab", "Transfer-Encoding:\u000bchunked\r\n", "0\r\n\r\n"),
                put("a space before the colon", "Content-Length : 5\r\n", "hello"),
                put("a disguised length", "Content_Length: 5\r\nContent-Length: 3\r\n", "hello"),
                put("a nominated length", "Connection: content-length\r\nContent-Length: 5\r\n", "hello"),
                put("a NUL in a value", "X-A: b\0c\r\nContent-Length: 5\r\n", "hello"),
                put("a bare CR in a value", "X-A: b\rc\r\nContent-Length: 5\r\n", "hello"),
                put("a bare LF between fields", "X-A: b\nContent-Length: 5\r\n", "hello"),
                put("a name with a space", "X A: b\r\nContent-Length: 5\r\n", "hello"),
                put("no colon", "Nonsense\r\nContent-Length: 5\r\n", "hello"),
                get("a bare LF after the request line", "GET /small HTTP/1.1\n" + HOST),
                get("two spaces", "GET  /small HTTP/1.1\r\n" + HOST),
                get("a tab for a space", "GET\t/small HTTP/1.1\r\n" + HOST),
                get("a space in the target", "GET /sm all HTTP/1.1\r\n" + HOST),
                get("a NUL in the target", "GET /sm\0all HTTP/1.1\r\n" + HOST),
                get("a fragment", "GET /small#x HTTP/1.1\r\n" + HOST),
                get("absolute form", "GET https://localhost/small HTTP/1.1\r\n" + HOST),
                get("another host in absolute form", "GET https://evil.example/small HTTP/1.1\r\n" + HOST),
                get("authority form", "GET localhost:443 HTTP/1.1\r\n" + HOST),
                get("no host", "GET /small HTTP/1.1\r\n"),
                get("two hosts", "GET /small HTTP/1.1\r\n" + HOST + "Host: evil.example\r\n"),
                get("a host with a path", "GET /small HTTP/1.1\r\nHost: localhost/x\r\n"),
                get("a host with a user", "GET /small HTTP/1.1\r\nHost: a@localhost\r\n"),
                get("an unknown version", "GET /small HTTP/1.2\r\n" + HOST),
                get("HTTP/2 in text", "GET /small HTTP/2.0\r\n" + HOST),
                get(
                        "an upgrade",
                        "GET /small HTTP/1.1\r\n" + HOST + "Upgrade: WebSocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n"),
                Arguments.of(
                        "a coding in HTTP/1.0",
                        "PUT /smuggled HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "two lengths in HTTP/1.0",
                        "PUT /smuggled HTTP/1.0\r\n" + HOST + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"));
    }

    /** But for uploads with bad chunks, whose beginning goes on: the origin may read one after its test has ended. */
    private static void assertNothingReachesTheOrigin() {
        assertThat(ground.site().origin().log().requests())
                .allMatch(seen -> seen.target().equals(BADLY_CHUNKED));
    }

    private static Arguments put(String name, String fields, String body) {
        return Arguments.of(name, "PUT /smuggled HTTP/1.1\r\n" + HOST + fields + "\r\n" + body);
    }

    private static Arguments get(String name, String head) {
        return Arguments.of(name, head + "\r\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguousMessages")
    void anAmbiguousMessageIsRefusedWithWhateverFollows(String name, String message) throws Exception {
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.raw(message + "GET /small HTTP/1.1\r\n" + HOST + "\r\n");
            PeerAnswer answer = peer.answer();
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.header("x-sealgate-error")).isEqualTo("request");
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
        assertNothingReachesTheOrigin();
    }

    @ParameterizedTest(name = "byte by byte: {0}")
    @ValueSource(
            strings = {
                "PUT /smuggled HTTP/1.1\r\nHost: localhost\r\nContent-Length:\r\n 5\r\n\r\nhello",
                "PUT /smuggled HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
                "GET  /small HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void howItArrivesMakesNoDifference(String message) throws Exception {
        try (Http1Peer peer = ground.connectHttp1()) {
            for (int i = 0; i < message.length(); i++) {
                peer.raw(message.substring(i, i + 1));
            }
            assertThat(peer.answer().status()).isEqualTo(400);
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
        assertNothingReachesTheOrigin();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                "5\nhello\r\n0\r\n\r\n",
                "3\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloX0\r\n\r\n",
                "5;a=\"\r\nhello\r\n0\r\n\r\n",
                "fffffffffffffffff\r\nhello\r\n0\r\n\r\n"
            })
    void aBodyWithBadChunkSyntaxIsNeverCommitted(String chunks) throws Exception {
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.raw("PUT " + BADLY_CHUNKED + " HTTP/1.1\r\n" + HOST
                    + "Transfer-Encoding: chunked\r\n\r\n4\r\ngood\r\n");
            peer.raw(chunks);
            PeerAnswer answer = peer.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("connection")).isEqualTo("close");
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
        var seen = ground.site()
                .origin()
                .log()
                .awaitAll(all -> all.stream().allMatch(each -> each.finished()), TlsSocket.PATIENCE);
        assertThat(seen).noneMatch(request -> request.committed());
        assertThat(ground.isStored("badly-chunked")).isFalse();
    }

    @Test
    void aStrangeHostReachesNoOrigin() throws Exception {
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.raw("GET /small HTTP/1.1\r\nHost: evil.example\r\n\r\n");
            assertThat(peer.answer().status()).isIn(404, 421);
            peer.raw("GET /small HTTP/1.1\r\nHost: other-1250000000.cos.ap-guangzhou.myqcloud.com\r\n\r\n");
            assertThat(peer.answer().status()).isIn(404, 421);
        }
        assertNothingReachesTheOrigin();
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        ground.store("other", 2000);
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.raw("GET /small HTTP/1.1\r\n" + HOST + "\r\nPUT /piped HTTP/1.1\r\n" + HOST
                    + "Content-Length: 5\r\n\r\nhelloHEAD /other HTTP/1.1\r\n" + HOST + "\r\nGET /other HTTP/1.1\r\n"
                    + HOST + "\r\nGET /none HTTP/1.1\r\n" + HOST + "\r\n");
            assertThat(peer.answer().body()).isEqualTo(Ground.bytes(1000));
            assertThat(peer.answer().status()).isEqualTo(200);
            peer.expectBodiless();
            assertThat(peer.answer().header("content-length")).isEqualTo("2000");
            assertThat(peer.answer().body()).isEqualTo(Ground.bytes(2000));
            assertThat(peer.answer().status()).isEqualTo(404);
        }
        assertThat(ground.site()
                        .origin()
                        .store()
                        .find(TestSite.BUCKET, "piped")
                        .orElseThrow()
                        .bytes())
                .isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void anOldClientIsServedPlainly() throws Exception {
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.raw("GET /small HTTP/1.0\r\n" + HOST + "\r\n");
            PeerAnswer answer = peer.answer();
            assertThat(answer.body()).isEqualTo(Ground.bytes(1000));
            assertThat(answer.header("transfer-encoding")).isNull();
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.raw("PUT /from-old HTTP/1.0\r\n" + HOST + "Connection: keep-alive\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(peer.answer().status()).isEqualTo(200);
            peer.raw("HEAD /from-old HTTP/1.0\r\n" + HOST + "\r\n");
            peer.expectBodiless();
            assertThat(peer.answer().header("content-length")).isEqualTo("5");
            assertThat(peer.endsWithoutAnswer()).isTrue();
        }
    }
}
