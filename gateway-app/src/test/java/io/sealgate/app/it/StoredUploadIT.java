package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upload that an origin has stored as something else than it was sent is not said to have succeeded. */
class StoredUploadIT {

    private static final int SIZE = 200_000;
    private static final int PART = 1024 * 1024;

    private static final RequestMatcher COMPLETE =
            RequestMatcher.method("POST").and(RequestMatcher.parameter("uploadId"));

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 1, site -> site);
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().faults().clear();
    }

    private static double checks(String outcome) throws Exception {
        return ground.metric(
                "sealgate_integrity_checks_total",
                "direction=\"upload\"",
                "algorithm=\"crc64\"",
                "outcome=\"" + outcome + '"');
    }

    private static PeerAnswer put(Peer peer, String path, byte[] body) throws Exception {
        return peer.exchange("PUT", path, Map.of("content-length", Integer.toString(body.length)), body);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStoredAsSentIsCountedAsVerified(Protocol protocol) throws Exception {
        double before = checks("matched");
        try (Peer peer = ground.connect(protocol)) {
            assertThat(put(peer, "/good", Ground.bytes(SIZE)).status()).isEqualTo(200);
            assertThat(put(peer, "/empty", new byte[0]).status()).isEqualTo(200);
        }
        Await.until("checks", () -> checks("matched"), now -> now == before + 2);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStoredOtherwiseIsAnErrorThatSdksRetry(Protocol protocol) throws Exception {
        double before = checks("mismatched");
        ground.site().origin().faults().next(RequestMatcher.method("PUT"), new Fault.WrongCrcHeader());
        try (Peer peer = ground.connect(protocol)) {
            Ground.assertOwnError(put(peer, "/bad", Ground.bytes(SIZE)), 502, "BadGateway", "integrity");
            assertThat(put(peer, "/bad", Ground.bytes(SIZE)).status()).isEqualTo(200);
        }
        Await.until("checks", () -> checks("mismatched"), now -> now == before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void aMultipartUploadIsComparedAsAWhole(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            assertThat(multipart(peer, "/whole").status()).isEqualTo(200);
            ground.site().origin().faults().next(COMPLETE, new Fault.WrongCrcHeader());
            Ground.assertOwnError(multipart(peer, "/whole"), 502, "BadGateway", "integrity");
        }
    }

    /** As COS answers when it notices late: 200, white space while it works, and then an error. */
    @ParameterizedTest
    @EnumSource
    void anErrorInASlowSuccessIsPassedOnAsItIs(Protocol protocol) throws Exception {
        ground.site().origin().faults().next(COMPLETE, new Fault.ErrorInBody("InternalError"));
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = multipart(peer, "/late");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.whole()).isTrue();
            assertThat(answer.header("x-sealgate-error")).isNull();
            assertThat(answer.text()).startsWith(" ").contains("<Error>", "<Code>InternalError</Code>");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOriginThatDoesNotSayIsNoAlarm(Protocol protocol) throws Exception {
        double before = ground.metric("sealgate_integrity_checks_total", "reason=\"absent\"", "algorithm=\"crc64\"");
        ground.site().origin().faults().always(COMPLETE, new Fault.Header("x-cos-hash-crc64ecma", null));
        try (Peer peer = ground.connect(protocol)) {
            assertThat(multipart(peer, "/unsaid").status()).isEqualTo(200);
        }
        Await.until(
                "checks",
                () -> ground.metric("sealgate_integrity_checks_total", "reason=\"absent\"", "algorithm=\"crc64\""),
                now -> now > before);
    }

    private static PeerAnswer multipart(Peer peer, String path) throws Exception {
        String begun = peer.exchange("POST", path + "?uploads", Map.of("content-length", "0"), new byte[0])
                .text();
        Matcher id = Pattern.compile("<UploadId>([^<]+)</UploadId>").matcher(begun);
        assertThat(id.find()).isTrue();
        StringBuilder parts = new StringBuilder("<CompleteMultipartUpload>");
        for (int number = 1; number <= 2; number++) {
            byte[] body = Ground.bytes(PART + number);
            PeerAnswer answer = put(peer, path + "?partNumber=" + number + "&uploadId=" + id.group(1), body);
            assertThat(answer.status()).isEqualTo(200);
            parts.append(
                    "<Part><PartNumber>" + number + "</PartNumber><ETag>" + answer.header("etag") + "</ETag></Part>");
        }
        byte[] document = parts.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8);
        return peer.exchange(
                "POST",
                path + "?uploadId=" + id.group(1),
                Map.of("content-length", Integer.toString(document.length)),
                document);
    }
}
