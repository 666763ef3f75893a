package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.Headers;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a route asks first, nothing is overwritten even in buckets with versions, in which COS pays no heed to what forbids it. */
class OverwriteIT {

    private static final RequestMatcher HEAD = RequestMatcher.method("HEAD");

    private static final byte[] OLD = "what is there".getBytes(UTF_8);
    private static final byte[] SMALL = "something else".getBytes(UTF_8);
    private static final byte[] LARGE = Ground.bytes(2_000_000);

    private static final String ROUTES = """
              - name: careful
                match: {hosts: [localhost]}
                origin: cos
                operations: [all]
                uploads: {forbid-overwrite: head-first}
            """;

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(
                directory, 2, site -> site.strictSigning().versioning().routes(ROUTES));
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().faults().clear();
        ground.site().origin().log().clear();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsThereStaysAndTheBodyIsNotSent(Protocol protocol) throws Exception {
        String key = "taken-" + protocol;
        String path = "/" + key;
        ground.site().origin().store().put(TestSite.BUCKET, key, OLD, Headers.none());
        try (Peer peer = ground.connect(protocol)) {
            refused(put(peer, path, SMALL));
            refused(put(peer, path, new byte[0]));
            refused(peer.exchange("POST", path + "?uploads", length(new byte[0]), new byte[0]));
            refused(peer.exchange("PUT", path, source("/probe"), new byte[0]));
        }
        try (Peer peer = ground.connect(protocol)) {
            refused(put(peer, path, LARGE));
        }
        assertThat(ground.stored(key)).isEqualTo(OLD);
        assertThat(methods()).containsOnly("HEAD").hasSize(5);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsStored(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            for (byte[] body : List.of(SMALL, LARGE, new byte[0])) {
                String key = "new +%-" + protocol + body.length;

                assertThat(put(peer, "/new%20%2B%25-" + protocol + body.length, body)
                                .status())
                        .isEqualTo(200);

                assertThat(ground.stored(key)).isEqualTo(body);
            }
        }
        assertThat(methods()).containsExactly("HEAD", "PUT", "HEAD", "PUT", "HEAD", "PUT");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasDeletedMayBeMadeAgain(Protocol protocol) throws Exception {
        String path = "/again-" + protocol;
        try (Peer peer = ground.connect(protocol)) {
            put(peer, path, OLD);
            refused(put(peer, path, SMALL));
            peer.exchange("DELETE", path, Map.of(), new byte[0]);

            assertThat(put(peer, path, SMALL).status()).isEqualTo(200);
        }
        assertThat(ground.stored("again-" + protocol)).isEqualTo(SMALL);
    }

    /** It may have come into being while the parts were under way. */
    @ParameterizedTest
    @EnumSource
    void aMultipartUploadIsNotCompletedOverWhatIsThere(Protocol protocol) throws Exception {
        String path = "/parts-" + protocol;
        try (Peer peer = ground.connect(protocol)) {
            String begun = peer.exchange("POST", path + "?uploads", length(new byte[0]), new byte[0])
                    .text();
            Matcher id = Pattern.compile("<UploadId>([^<]+)</UploadId>").matcher(begun);
            assertThat(id.find()).isTrue();
            PeerAnswer part = put(peer, path + "?partNumber=1&uploadId=" + id.group(1), SMALL);
            assertThat(put(peer, path, OLD).status()).isEqualTo(200);

            byte[] document = ("<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + part.header("etag")
                            + "</ETag></Part></CompleteMultipartUpload>")
                    .getBytes(UTF_8);
            refused(peer.exchange("POST", path + "?uploadId=" + id.group(1), length(document), document));
        }
        assertThat(ground.stored("parts-" + protocol)).isEqualTo(OLD);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatWaitsForLeaveNeedNotSend(Protocol protocol) throws Exception {
        String key = "waiting-" + protocol;
        ground.site().origin().store().put(TestSite.BUCKET, key, OLD, Headers.none());
        try (Peer peer = ground.connect(protocol)) {
            peer.head("PUT", "/" + key, Map.of("content-length", "2000000", "expect", "100-continue"), true);
            PeerAnswer answer = peer.answer();

            assertThat(answer.interims()).isEmpty();
            refused(answer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsStoredWhereTheOriginDoesNotSay(Protocol protocol) throws Exception {
        List<Fault> faults = List.of(
                new Fault.EarlyAnswer(429, "SlowDown", Fault.EarlyAnswer.Then.KEEP_READING),
                new Fault.EarlyAnswer(500, "InternalError", Fault.EarlyAnswer.Then.KEEP_READING),
                new Fault.DropBeforeResponse());
        for (Fault fault : faults) {
            for (byte[] body : List.of(SMALL, LARGE)) {
                ground.site().origin().faults().clear();
                ground.site().origin().faults().times(2, HEAD, fault); // the second time on a fresh connection
                try (Peer peer = ground.connect(protocol)) {
                    Ground.assertOwnError(put(peer, "/untold-" + protocol, body), 503, "ServiceUnavailable", "origin");
                }
            }
        }
        assertThat(ground.isStored("untold-" + protocol)).isFalse();
        assertThat(methods()).containsOnly("HEAD");
    }

    /** An object with a customer's key is told of to nobody without it. */
    @ParameterizedTest
    @CsvSource({"400, InvalidRequest", "403, AccessDenied"})
    void nothingIsStoredWhereTheOriginRefusesToSay(int status, String code) throws Exception {
        Fault refusal = new Fault.EarlyAnswer(status, "Refused", Fault.EarlyAnswer.Then.KEEP_READING);
        for (Protocol protocol : Protocol.values()) {
            ground.site().origin().faults().next(HEAD, refusal);
            try (Peer peer = ground.connect(protocol)) {
                Ground.assertOwnError(put(peer, "/refused-" + protocol, SMALL), status, code, "request");
            }
            assertThat(ground.isStored("refused-" + protocol)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("full")
    void anOriginThatNeverAnswersIsWaitedForFiveSeconds(Protocol protocol) throws Exception {
        ground.site().origin().faults().next(HEAD, new Fault.Stall());
        try (Peer peer = ground.connect(protocol)) {
            Ground.assertOwnError(put(peer, "/stalled-" + protocol, LARGE), 503, "ServiceUnavailable", "origin");
        }
        assertThat(ground.isStored("stalled-" + protocol)).isFalse();
    }

    private static void refused(PeerAnswer answer) {
        Ground.assertOwnError(answer, 409, "FileAlreadyExists", "request");
    }

    private static PeerAnswer put(Peer peer, String path, byte[] body) throws Exception {
        return peer.exchange("PUT", path, length(body), body);
    }

    private static Map<String, String> length(byte[] body) {
        return Map.of("content-length", Integer.toString(body.length));
    }

    private static Map<String, String> source(String path) {
        return Map.of(
                "content-length",
                "0",
                "x-cos-copy-source",
                TestSite.BUCKET + ".cos." + TestSite.REGION + ".myqcloud.com" + path);
    }

    private static List<String> methods() {
        return ground.site().origin().log().requests().stream()
                .map(LoggedRequest::method)
                .toList();
    }
}
