package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are not what their digest says: an upload never becomes an object, a download never looks whole. */
class CorruptBodyIT {

    private static final List<Integer> SIZES = List.of(0, 1, 64 * 1024, 3 * 1024 * 1024);

    @TempDir
    private static Path directory;

    private static List<Ground> grounds = List.of();

    /** How a body travels from the client. */
    enum Shape {
        HTTP_1_FIXED(Protocol.HTTP_1, true, false),
        HTTP_1_CHUNKED(Protocol.HTTP_1, false, true),
        HTTP_2_FIXED(Protocol.HTTP_2, true, false),
        HTTP_2_FIXED_AND_EMPTY_LAST_FRAME(Protocol.HTTP_2, true, true),
        HTTP_2_STREAMED(Protocol.HTTP_2, false, true);

        private final Protocol protocol;
        private final boolean announced;
        private final boolean endsApart;

        Shape(Protocol protocol, boolean announced, boolean endsApart) {
            this.protocol = protocol;
            this.announced = announced;
            this.endsApart = endsApart;
        }

        Protocol protocol() {
            return protocol;
        }

        PeerAnswer put(Peer peer, String path, byte[] body, Map<String, String> headers) throws IOException {
            Map<String, String> all = new LinkedHashMap<>(headers);
            if (announced) {
                all.put("content-length", Integer.toString(body.length));
            }
            boolean bodyFollows = body.length > 0 || endsApart;
            peer.head("PUT", path, all, bodyFollows);
            if (bodyFollows) {
                peer.body(body, !endsApart);
            }
            if (endsApart) {
                peer.body(new byte[0], true);
            }
            return peer.answer();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        grounds = List.of(Ground.start(directory, 1, site -> site), Ground.start(directory, 3, site -> site));
        for (Ground ground : grounds) {
            for (int size : SIZES) {
                ground.store("object-" + size, size);
            }
        }
    }

    @AfterAll
    static void stop() {
        grounds.forEach(Ground::close);
    }

    @BeforeEach
    void startAfresh() {
        grounds.forEach(ground -> ground.site().origin().faults().clear());
        grounds.forEach(ground -> ground.site().origin().log().clear());
    }

    private static String md5(byte[] bytes) throws GeneralSecurityException {
        return Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    }

    static Stream<Arguments> uploads() {
        return grounds.stream().flatMap(ground -> Stream.of(Shape.values())
                .flatMap(shape -> SIZES.stream().map(size -> Arguments.of(ground, shape, size))));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("uploads")
    void aCorruptUploadIsNeverVisible(Ground ground, Shape shape, int size) throws Exception {
        String key = "corrupt-" + shape + size;
        Map<String, String> wrong = Map.of("content-md5", md5(Ground.bytes(size + 1)));
        try (Peer peer = ground.connect(shape.protocol)) {
            Ground.assertOwnError(shape.put(peer, "/" + key, Ground.bytes(size), wrong), 400, "BadDigest", "integrity");
        }
        var seen = ground.site()
                .origin()
                .log()
                .awaitAll(all -> all.stream().allMatch(each -> each.finished()), TlsSocket.PATIENCE);
        assertThat(seen).noneMatch(request -> request.committed() || request.bodyComplete());
        assertThat(ground.isStored(key)).isFalse();
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("uploads")
    void aGoodUploadIsStoredAsItIs(Ground ground, Shape shape, int size) throws Exception {
        String key = "good-" + shape + size;
        byte[] body = Ground.bytes(size);
        try (Peer peer = ground.connect(shape.protocol)) {
            PeerAnswer answer = shape.put(peer, "/" + key, body, Map.of("content-md5", md5(body)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
        assertThat(ground.site()
                        .origin()
                        .store()
                        .find(TestSite.BUCKET, key)
                        .orElseThrow()
                        .bytes())
                .isEqualTo(body);
    }

    @ParameterizedTest(autoCloseArguments = false)
    @ValueSource(strings = {"x", "rL0Y20zC+Fzt72VPzMSk2A=", "!L0Y20zC+Fzt72VPzMSk2A==", "rL0Y20zC+Fzt72VPzMSk"})
    void aMalformedDigestIsRefusedBeforeTheOriginHears(String digest) throws Exception {
        Ground ground = grounds.get(0);
        for (Protocol protocol : Protocol.values()) {
            try (Peer peer = ground.connect(protocol)) {
                PeerAnswer answer = peer.exchange(
                        "PUT", "/undigested", Map.of("content-length", "10", "content-md5", digest), Ground.bytes(10));
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.text()).contains("<Code>InvalidDigest</Code>");
            }
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    static Stream<Arguments> downloads() {
        return grounds.stream()
                .flatMap(ground -> SIZES.stream().filter(size -> size > 0).flatMap(size -> Stream.of(
                                new Fault.FlipByte(size / 2),
                                new Fault.FlipByte(size - 1),
                                new Fault.WrongCrcHeader(),
                                new Fault.Truncate(size - 1))
                        .flatMap(fault -> Stream.of(
                                Arguments.of(ground, size, fault, false), Arguments.of(ground, size, fault, true)))));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("downloads")
    void aCorruptDownloadNeverLooksWhole(Ground ground, int size, Fault fault, boolean chunked) throws Exception {
        for (Protocol protocol : Protocol.values()) {
            script(ground, fault, chunked);
            try (Peer peer = ground.connect(protocol)) {
                assertNotDeceived(peer.get("/object-" + size), size, fault);
            }
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("downloads")
    void aCorruptDownloadThatEndsWithTheConnectionNeverLooksWhole(Ground ground, int size, Fault fault, boolean chunked)
            throws Exception {
        script(ground, fault, chunked);
        try (Http1Peer peer = ground.connectHttp1()) {
            peer.raw("GET /object-" + size + " HTTP/1.0\r\nhost: localhost\r\n\r\n");
            assertNotDeceived(peer.answer(), size, fault);
        }
    }

    /** Whenever the object is asked for, so that asking again does not help. */
    private static void script(Ground ground, Fault fault, boolean chunked) {
        ground.site().origin().faults().clear();
        ground.site().origin().faults().always(RequestMatcher.any(), fault);
        if (chunked) {
            ground.site().origin().faults().always(RequestMatcher.any(), new Fault.ChunkedBody());
        }
    }

    /**
     * What looks whole is an error, or the object: an origin that ends before the last byte can be asked for just that. With a
     * streamed body all of its bytes may have come, but not its end.
     */
    private static void assertNotDeceived(PeerAnswer answer, int size, Fault fault) {
        if (answer.status() == 502) {
            Ground.assertOwnError(answer, 502, "BadGateway", fault instanceof Fault.Truncate ? "origin" : "integrity");
        } else if (fault instanceof Fault.Truncate && answer.whole()) {
            assertThat(answer.body()).isEqualTo(Ground.bytes(size));
        } else {
            assertThat(answer.status()).isIn(0, 200);
            assertThat(answer.whole())
                    .as("%s of %s bytes look whole", answer.body().length, size)
                    .isFalse();
        }
    }
}
