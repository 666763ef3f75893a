package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealgate.origin.Fault;
import io.sealgate.origin.Headers;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A route's {@code max-size} holds for what a copy brings: no larger object comes in from where there is no limit. */
class CopyLimitIT {

    private static final int MOST = 1024;
    private static final RequestMatcher HEAD = RequestMatcher.method("HEAD");

    private static final String ROUTES = """
              - name: limited
                match: {hosts: [localhost], path: /**}
                origin: cos
                operations: [all]
                uploads: {max-size: 1KiB}
            """;

    @TempDir
    private static Path directory;

    private static Ground ground;

    @BeforeAll
    static void start() throws Exception {
        ground = Ground.start(directory, 2, site -> site.strictSigning().routes(ROUTES));
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

    /** How a client says what is copied. */
    enum Spelling {
        COS("x-cos-", TestSite.BUCKET_HOST + "/"),
        S3("x-amz-", "/" + TestSite.BUCKET + "/");

        private final String prefix;
        private final String bucket;

        Spelling(String prefix, String bucket) {
            this.prefix = prefix;
            this.bucket = bucket;
        }

        PeerAnswer copy(Peer peer, String source, String target, String... more) throws Exception {
            Map<String, String> headers = new HashMap<>(Map.of("content-length", "0"));
            headers.put(prefix + "copy-source", bucket + source);
            for (int i = 0; i < more.length; i += 2) {
                headers.put(prefix + more[i], more[i + 1]);
            }
            return peer.exchange("PUT", "/" + target, headers, new byte[0]);
        }
    }

    static Stream<Arguments> clients() {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> Stream.of(Spelling.values()).map(spelling -> Arguments.of(protocol, spelling)));
    }

    private static List<LoggedRequest> copies() {
        return ground.site().origin().log().requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .toList();
    }

    private static void put(String key, int size) {
        ground.site().origin().store().put(TestSite.BUCKET, key, Ground.bytes(size), Headers.none());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void noLargerObjectIsCopied(Protocol protocol, Spelling spelling) throws Exception {
        put("from \u0394/large", MOST + 1);
        put("from \u0394/full", MOST);
        put("from \u0394/empty", 0);
        String prefix = protocol + "-" + spelling + "-";
        try (Peer peer = ground.connect(protocol)) {
            Ground.assertOwnError(
                    spelling.copy(peer, "from%20%CE%94/large", prefix + "large"), 400, "EntityTooLarge", "request");
            assertThat(copies()).isEmpty();
            for (String name : List.of("full", "empty")) {
                assertThat(spelling.copy(peer, "from%20%CE%94/" + name, prefix + name)
                                .status())
                        .isEqualTo(200);
                assertThat(ground.stored(prefix + name)).isEqualTo(ground.stored("from \u0394/" + name));
            }
        }
        assertThat(ground.isStored(prefix + "large")).isFalse();
    }

    /** What was looked at is what is copied: the origin refuses another one. */
    @ParameterizedTest
    @MethodSource("clients")
    void aSourceThatIsReplacedMeanwhileIsNotCopied(Protocol protocol, Spelling spelling) throws Exception {
        put("replaced", 10);
        String target = "meanwhile-" + protocol + "-" + spelling;
        ground.site().origin().faults().next(HEAD, new Fault.Header("ETag", "\"what-was-there\""));
        try (Peer peer = ground.connect(protocol)) {
            assertThat(spelling.copy(peer, "replaced", target).status()).isEqualTo(412);
        }
        assertThat(copies()).singleElement().satisfies(copy -> assertThat(
                        copy.headers().first("x-cos-copy-source-if-match"))
                .contains("\"what-was-there\""));
        assertThat(ground.isStored(target)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"*, 200", "'\"%s\"', 200", "%s, 200", "'\"0123\"', 412", "'\"0123\", \"%s\"', 412"})
    void theClientsOwnConditionHolds(String condition, int status) throws Exception {
        put("conditional", 10);
        String etag = ground.site()
                .origin()
                .store()
                .find(TestSite.BUCKET, "conditional")
                .orElseThrow()
                .md5();
        for (Protocol protocol : Protocol.values()) {
            try (Peer peer = ground.connect(protocol)) {
                PeerAnswer answer = Spelling.S3.copy(
                        peer, "conditional", "if", "copy-source-if-match", condition.replace("%s", etag));

                assertThat(answer.status()).isEqualTo(status);
            }
        }
    }

    static Stream<Arguments> silences() {
        List<Fault> faults = List.of(
                new Fault.EarlyAnswer(500, "InternalError", Fault.EarlyAnswer.Then.KEEP_READING),
                new Fault.EarlyAnswer(429, "SlowDown", Fault.EarlyAnswer.Then.KEEP_READING),
                new Fault.Header("ETag", null),
                new Fault.Header("ETag", "*"),
                new Fault.Header("ETag", "W/\"weak\""),
                new Fault.Header("ETag", "\"one\", \"two\""),
                new Fault.DropBeforeResponse());
        return Stream.of(Protocol.values())
                .flatMap(protocol -> faults.stream().map(fault -> Arguments.of(protocol, fault)));
    }

    @ParameterizedTest
    @MethodSource("silences")
    void nothingIsCopiedWhereTheOriginDoesNotSay(Protocol protocol, Fault fault) throws Exception {
        put("small", 10);
        ground.site().origin().faults().times(2, HEAD, fault); // the second time on a fresh connection
        try (Peer peer = ground.connect(protocol)) {
            Ground.assertOwnError(Spelling.COS.copy(peer, "small", "silent"), 503, "ServiceUnavailable", "origin");
        }
        assertThat(copies()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 400, InvalidRequest",
        "403, 403, AccessDenied",
        "405, 400, InvalidRequest",
        "412, 400, InvalidRequest"
    })
    void whatTheOriginRefusesIsNotTriedAgain(int status, int told, String code) throws Exception {
        put("refused", 10);
        Fault refusal = new Fault.EarlyAnswer(status, "Refused", Fault.EarlyAnswer.Then.KEEP_READING);
        for (Protocol protocol : Protocol.values()) {
            ground.site().origin().faults().next(HEAD, refusal);
            try (Peer peer = ground.connect(protocol)) {
                Ground.assertOwnError(Spelling.COS.copy(peer, "refused", "silent"), told, code, "request");
            }
        }
        assertThat(copies()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsCopiedFromNowhere(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            Ground.assertOwnError(Spelling.COS.copy(peer, "absent", "none"), 404, "NoSuchKey", "request");
        }
        assertThat(copies()).isEmpty();
    }

    @Test
    void theVersionThatIsCopiedIsTheOneThatIsLookedAt() throws Exception {
        try (Peer peer = ground.connect(Protocol.HTTP_2)) {
            Spelling.COS.copy(peer, "a%20b?versionId=v%2F1", "none");
        }
        assertThat(ground.site().origin().log().requests())
                .extracting(LoggedRequest::method, LoggedRequest::target)
                .containsExactly(tuple("HEAD", "/a%20b?versionId=v%2F1"));
    }

    /** An object with a customer's key: without it, and with another one, its source is not looked at in vain. */
    @Test
    void aSourceWithAnotherCustomersKeyIsRefused() throws Exception {
        Map<String, String> own = customerKey("", (byte) 1);
        try (Ground keeping = keeping("refusing");
                Peer peer = keeping.connect(Protocol.HTTP_2)) {
            Map<String, String> headers = new HashMap<>(own);
            headers.put("content-length", "3");
            assertThat(peer.exchange("PUT", "/secret", headers, new byte[3]).status())
                    .isEqualTo(200);
            keeping.site().origin().log().clear();

            List<Map<String, String>> wrong = List.of(Map.of(), customerKey("copy-source-", (byte) 2));
            for (Map<String, String> key : wrong) {
                Ground.assertOwnError(copySecret(peer, key), 400, "InvalidRequest", "request");
            }
            assertThat(keeping.site().origin().log().requests())
                    .extracting(LoggedRequest::method)
                    .containsExactly("HEAD", "HEAD");
            assertThat(copySecret(peer, customerKey("copy-source-", (byte) 1)).status())
                    .isEqualTo(200);
        }
    }

    private static PeerAnswer copySecret(Peer peer, Map<String, String> key) throws Exception {
        Map<String, String> headers = new HashMap<>(key);
        headers.put("content-length", "0");
        headers.put("x-cos-copy-source", TestSite.BUCKET_HOST + "/secret");
        return peer.exchange("PUT", "/copied", headers, new byte[0]);
    }

    /** The three headers of a key of equal octets. */
    private static Map<String, String> customerKey(String prefix, byte octet) throws Exception {
        byte[] key = new byte[32];
        Arrays.fill(key, octet);
        String name = "x-cos-" + prefix + "server-side-encryption-customer-";
        Base64.Encoder base64 = Base64.getEncoder();
        return Map.of(
                name + "algorithm",
                "AES256",
                name + "key",
                base64.encodeToString(key),
                name + "key-md5",
                base64.encodeToString(MessageDigest.getInstance("MD5").digest(key)));
    }

    private static Ground keeping(String name) throws Exception {
        return Ground.start(
                directory, name, 1, site -> site.routes(ROUTES + "    encryption: {when-client-sends: keep}\n"));
    }

    @Test
    void aSourceWithTheClientsOwnKeyIsLookedAtWithIt() throws Exception {
        String key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5")
                        .digest(Base64.getDecoder().decode(key)));
        try (Ground keeping = keeping("keeping");
                Peer peer = keeping.connect(Protocol.HTTP_2)) {
            String customer = "copy-source-server-side-encryption-customer-";
            Spelling.S3.copy(
                    peer,
                    "absent",
                    "copied",
                    customer + "algorithm",
                    "AES256",
                    customer + "key",
                    key,
                    customer + "key-md5",
                    md5);

            assertThat(keeping.site().origin().log().requests()).singleElement().satisfies(head -> {
                String sse = "x-cos-server-side-encryption-customer-";
                assertThat(head.method()).isEqualTo("HEAD");
                assertThat(head.headers().first(sse + "algorithm")).contains("AES256");
                assertThat(head.headers().first(sse + "key")).contains(key);
                assertThat(head.headers().first(sse + "key-md5")).contains(md5);
                assertThat(head.headers().contains("x-cos-" + customer + "key")).isFalse();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereTheClientSignsNobodyCanBeAsked(Protocol protocol) throws Exception {
        try (Ground forwarding = Ground.start(directory, "forward-" + protocol, 1, site -> site.auth("forward")
                        .routes(ROUTES));
                Peer peer = forwarding.connect(protocol)) {
            Ground.assertOwnError(Spelling.COS.copy(peer, "probe", "copied"), 403, "AccessDenied", "policy");
            assertThat(forwarding.site().origin().log().requests()).isEmpty();
        }
    }
}
