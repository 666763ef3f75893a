package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A route's {@code max-size} holds for what a multipart upload is completed to, whoever sent the parts and whoever
 * waited for the responses.
 */
class PartsLimitIT {

    private static final int MIB = 1024 * 1024;
    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]*)</UploadId>");

    private static final RequestMatcher PART = RequestMatcher.method("PUT").and(RequestMatcher.parameter("partNumber"));
    private static final RequestMatcher LIST = RequestMatcher.method("GET").and(RequestMatcher.parameter("uploadId"));

    private static final String ROUTES = """
              - name: limited
                match: {hosts: [localhost], path: /**}
                origin: cos
                operations: [all]
                uploads: {max-size: 3MiB}
            """;

    @TempDir
    private static Path directory;

    private static Ground ground;
    /** Another instance before the same bucket. */
    private static Ground other;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(
                directory, "one", 2, site -> site.routes(ROUTES).partsPerPage(2).strictSigning());
        other = Ground.start(directory, "two", 2, site -> site.routes(ROUTES)
                .originPort(ground.site().origin().port()));
    }

    @AfterAll
    static void stop() {
        other.close();
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().faults().clear();
        ground.site().origin().log().clear();
    }

    private static String begin(Peer peer, String key) throws IOException {
        Matcher id = UPLOAD_ID.matcher(
                peer.exchange("POST", key + "?uploads", Map.of(), new byte[0]).text());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static String partPath(String key, String id, int number) {
        return key + "?partNumber=" + number + "&uploadId=" + id;
    }

    private static Map<String, String> length(byte[] body) {
        return Map.of("content-length", Integer.toString(body.length));
    }

    private static PeerAnswer send(Peer peer, String key, String id, int number, byte[] body) throws IOException {
        return peer.exchange("PUT", partPath(key, id, number), length(body), body);
    }

    /** Completes with parts 1, 2 and so on, which have these bytes. */
    private static PeerAnswer complete(Peer peer, String key, String id, byte[]... parts)
            throws IOException, GeneralSecurityException {
        StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
        for (int number = 1; number <= parts.length; number++) {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(parts[number - 1]);
            document.append("<Part><PartNumber>").append(number).append("</PartNumber><ETag>");
            document.append(HexFormat.of().formatHex(md5)).append("</ETag></Part>");
        }
        byte[] body = document.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8);
        return peer.exchange("POST", key + "?uploadId=" + id, length(body), body);
    }

    private static List<LoggedRequest> completions() {
        return ground.site().origin().log().requests().stream()
                .filter(request ->
                        request.method().equals("POST") && request.target().contains("uploadId="))
                .toList();
    }

    /** How a client misses the response to a part that the origin stores. */
    enum Missed {
        /** HTTP/2: RST_STREAM in the flight of END_STREAM; HTTP/1.1: the connection is closed. */
        CLIENT_LEAVES,
        /** The origin closes the connection when it has stored the part. */
        ORIGIN_CLOSES;

        void send(Ground at, Protocol protocol, String key, String id, byte[] body) throws Exception {
            Fault fault =
                    this == CLIENT_LEAVES ? new Fault.Delay(Duration.ofMillis(300)) : new Fault.DropBeforeResponse();
            ground.site().origin().faults().next(PART, fault);
            Peer peer = at.connect(protocol);
            peer.head("PUT", partPath(key, id, 1), length(body), true);
            if (this == ORIGIN_CLOSES) {
                peer.body(body, true);
                assertThat(peer.answer().status()).isGreaterThanOrEqualTo(500);
            } else if (peer instanceof Http2Peer http2) {
                http2.body(Arrays.copyOf(body, body.length - 1000), false);
                http2.lastBodyThenAbandon(Arrays.copyOfRange(body, body.length - 1000, body.length));
            } else {
                peer.body(body, true);
                peer.close();
            }
            ground.site()
                    .origin()
                    .log()
                    .await(seen -> seen.target().contains("partNumber=1&") && seen.bodyComplete(), TlsSocket.PATIENCE);
            peer.close();
        }
    }

    static Stream<Arguments> missed() {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> Stream.of(Missed.values()).map(missed -> Arguments.of(protocol, missed)));
    }

    @ParameterizedTest
    @MethodSource("missed")
    void aPartCountsWhetherOrNotItsResponseIsSeen(Protocol protocol, Missed missed) throws Exception {
        String key = "/missed-" + protocol + "-" + missed;
        byte[] first = Ground.bytes(2 * MIB);
        byte[] second = Ground.bytes(2 * MIB - 1);
        try (Peer peer = ground.connect(protocol);
                Peer there = other.connect(protocol, other.site().authority().issue(CertificateSpec.client("b")))) {
            String id = begin(peer, key);
            missed.send(ground, protocol, key, id, first);

            try (Peer refused = ground.connect(protocol)) {
                refused.head("PUT", partPath(key, id, 2), length(second), true);
                Ground.assertOwnError(refused.answer(), 400, "EntityTooLarge", "request");
            }
            assertThat(send(there, key, id, 2, second).status()).isEqualTo(200);
            Ground.assertOwnError(complete(peer, key, id, first, second), 400, "EntityTooLarge", "request");
            Ground.assertOwnError(complete(there, key, id, first, second), 400, "EntityTooLarge", "request");
            assertThat(completions()).isEmpty();
            assertThat(complete(peer, key, id, first).status()).isEqualTo(200);
        }
        assertThat(ground.stored(key.substring(1))).isEqualTo(first);
    }

    /**
     * A part that is small enough to be kept is sent again if its connection dies; what became of the first time nobody
     * knows.
     */
    @ParameterizedTest
    @EnumSource
    void aRefusalOfTheSecondTimeSaysNothingOfTheFirst(Protocol protocol) throws Exception {
        String key = "/sent-twice-" + protocol;
        byte[] first = Ground.bytes(MIB);
        try (Peer peer = ground.connect(protocol)) {
            String id = begin(peer, key);
            AtomicInteger sent = new AtomicInteger();
            ground.site()
                    .origin()
                    .faults()
                    .next(PART, new Fault.DropBeforeResponse())
                    .next(
                            PART.and(head -> sent.incrementAndGet() > 1),
                            new Fault.EarlyAnswer(403, "AccessDenied", Fault.EarlyAnswer.Then.KEEP_READING));
            assertThat(send(peer, key, id, 1, first).status()).isEqualTo(403);

            peer.head("PUT", partPath(key, id, 2), length(new byte[2 * MIB + 1]), true);
            Ground.assertOwnError(peer.answer(), 400, "EntityTooLarge", "request");
        }
    }

    /** How an abort ends, and whether the upload that it was about is over for certain. */
    enum Abort {
        DONE(null),
        REFUSED(new Fault.EarlyAnswer(403, "AccessDenied", Fault.EarlyAnswer.Then.KEEP_READING)),
        FAILED(new Fault.EarlyAnswer(500, "InternalError", Fault.EarlyAnswer.Then.KEEP_READING)),
        UNANSWERED(new Fault.DropBeforeResponse());

        private final @Nullable Fault fault;

        Abort(@Nullable Fault fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyAnAbortThatWasSeenTakesThePartsBack(Abort abort) throws Exception {
        String key = "/abort-" + abort;
        byte[] all = Ground.bytes(3 * MIB);
        try (Peer peer = ground.connect(Protocol.HTTP_2)) {
            String id = begin(peer, key);
            send(peer, key, id, 1, all);
            if (abort.fault != null) {
                ground.site().origin().faults().always(RequestMatcher.method("DELETE"), abort.fault);
            }
            peer.exchange("DELETE", key + "?uploadId=" + id, Map.of(), new byte[0]);

            PeerAnswer next = send(peer, key, id, 2, new byte[1]);
            assertThat(next.text()).contains(abort == Abort.DONE ? "NoSuchUpload" : "EntityTooLarge");
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyPartsOfTwoInstancesNeverBecomeALargeObject(Protocol protocol) throws Exception {
        String key = "/many-" + protocol;
        byte[] part = Ground.bytes(MIB);
        try (Peer peer = ground.connect(protocol);
                Peer there = other.connect(protocol)) {
            String id = begin(peer, key);
            int stored = 0;
            for (int number = 1; number <= 8; number++) {
                try (Peer own = (number % 2 == 0 ? ground : other).connect(protocol)) {
                    stored += send(own, key, id, number, part).status() == 200 ? 1 : 0;
                }
            }
            assertThat(stored).as("three by each").isEqualTo(6);
            byte[][] six = IntStream.range(0, 6).mapToObj(each -> part).toArray(byte[][]::new);

            Ground.assertOwnError(complete(peer, key, id, six), 400, "EntityTooLarge", "request");
            Ground.assertOwnError(complete(there, key, id, six), 400, "EntityTooLarge", "request");
        }
        assertThat(ground.isStored(key.substring(1))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void partsThatAnotherInstanceHasSeenAreAskedForPageByPage(Protocol protocol) throws Exception {
        String key = "/else where/" + protocol + "-\u0394";
        byte[][] parts = {Ground.bytes(MIB), Ground.bytes(MIB + 1), Ground.bytes(3)};
        double asked = ground.metric("sealgate_integrity_partlists_total", "outcome=\"succeeded\"");
        String path = key.replace(" ", "%20").replace("\u0394", "%CE%94");
        try (Peer peer = ground.connect(protocol);
                Peer there = other.connect(protocol)) {
            String id = begin(there, path);
            for (int number = 1; number <= 3; number++) {
                send(there, path, id, number, parts[number - 1]);
            }
            assertThat(complete(peer, path, id, parts).status()).isEqualTo(200);
        }
        assertThat(ground.site().origin().log().requests())
                .filteredOn(request -> request.method().equals("GET"))
                .extracting(request -> request.target().replaceAll(".*part-number-marker=(\\d+).*", "$1"))
                .containsExactly("0", "2");
        Await.until(
                "questions",
                () -> ground.metric("sealgate_integrity_partlists_total", "outcome=\"succeeded\""),
                now -> now == asked + 1);
        assertThat(ground.stored(key.substring(1))).hasSize(2 * MIB + 4);
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatWasReplacedElsewhereCountsAsTheOneThatIsNamed(Protocol protocol) throws Exception {
        String key = "/replaced-" + protocol;
        byte[] small = Ground.bytes(MIB);
        byte[] large = Ground.bytes(2 * MIB);
        byte[] last = Ground.bytes(MIB + 7);
        try (Peer peer = ground.connect(protocol);
                Peer there = other.connect(protocol)) {
            String id = begin(peer, key);
            send(peer, key, id, 1, small);
            send(peer, key, id, 2, last);
            send(there, key, id, 1, large);

            Ground.assertOwnError(complete(peer, key, id, large, last), 400, "EntityTooLarge", "request");
            assertThat(completions()).isEmpty();
            PeerAnswer stale = complete(peer, key, id, small, last);
            assertThat(stale.status()).isEqualTo(400);
            assertThat(stale.text()).contains("InvalidPart");
        }
        assertThat(ground.isStored(key.substring(1))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aPartThatIsNotStoredAsItIsNamedIsRefused(Protocol protocol) throws Exception {
        String key = "/named-" + protocol;
        try (Peer peer = ground.connect(protocol)) {
            String id = begin(peer, key);
            send(peer, key, id, 1, Ground.bytes(10));

            Ground.assertOwnError(complete(peer, key, id, Ground.bytes(11)), 400, "InvalidPart", "request");
            Ground.assertOwnError(complete(peer, key, "unknown", Ground.bytes(11)), 404, "NoSuchUpload", "request");
        }
        assertThat(completions()).isEmpty();
    }

    static Stream<Arguments> silences() {
        List<Fault> faults = List.of(
                new Fault.EarlyAnswer(500, "InternalError", Fault.EarlyAnswer.Then.KEEP_READING),
                new Fault.EarlyAnswer(403, "AccessDenied", Fault.EarlyAnswer.Then.KEEP_READING),
                new Fault.ErrorInBody("InternalError"),
                new Fault.Truncate(200),
                new Fault.ResetAfter(200),
                new Fault.FlipByte(2),
                new Fault.DropBeforeResponse());
        return Stream.of(Protocol.values())
                .flatMap(protocol -> faults.stream().map(fault -> Arguments.of(protocol, fault)));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void withoutAnAnswerNothingIsCompleted(Protocol protocol, Fault fault) throws Exception {
        assertUnavailable(protocol, fault);
    }

    @Test
    void anOriginThatStallsIsNotWaitedForLong() throws Exception {
        assertUnavailable(Protocol.HTTP_2, new Fault.StallAfter(100));
    }

    private static void assertUnavailable(Protocol protocol, Fault fault) throws Exception {
        String key = "/silent-" + protocol + "-" + fault.getClass().getSimpleName();
        byte[] part = Ground.bytes(10);
        try (Peer peer = ground.connect(protocol);
                Peer there = other.connect(protocol)) {
            String id = begin(peer, key);
            send(there, key, id, 1, part);
            ground.site().origin().faults().always(LIST, fault);

            Ground.assertOwnError(complete(peer, key, id, part), 503, "ServiceUnavailable", "origin");
            ground.site().origin().faults().clear();
            assertThat(completions()).isEmpty();
            assertThat(complete(peer, key, id, part).status()).isEqualTo(200);
        }
    }

    static List<String> lies() {
        String good = "<ListPartsResult><UploadId>u</UploadId><IsTruncated>false</IsTruncated><Part><PartNumber>1"
                + "</PartNumber><ETag>\"x\"</ETag><Size>1</Size></Part></ListPartsResult>";
        return List.of(
                good.replace(">u<", ">v<"),
                good.replace("Size", "size"),
                good.replace("false", "true").replaceAll("<Part>.*</Part>", ""),
                good + " ".repeat(MIB),
                "<ListPartsResult>".repeat(10_000));
    }

    @Test
    void anOriginThatDoesNotSayWhatWasAskedForIsNotBelieved() throws Exception {
        try (ScriptedOrigin liar = new ScriptedOrigin();
                Ground lied = Ground.start(
                        directory, "lied", 1, site -> site.routes(ROUTES).originPort(liar.port()));
                Peer peer = lied.connect(Protocol.HTTP_1)) {
            for (String lie : lies()) {
                byte[] body = lie.getBytes(ISO_8859_1);
                liar.answer("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n" + lie, false);

                Ground.assertOwnError(
                        complete(peer, "/lied", "u", Ground.bytes(1)), 503, "ServiceUnavailable", "origin");
            }
        }
    }
}
