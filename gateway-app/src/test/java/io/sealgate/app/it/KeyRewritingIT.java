package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.core.observe.AccessLog;
import io.sealgate.origin.Fault;
import io.sealgate.origin.RequestMatcher;
import io.sealgate.origin.StoredObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is uploaded to a route with keys of its own is stored where the gateway says, and the client is told where that is. */
class KeyRewritingIT {

    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]*)</UploadId>");
    private static final Pattern ETAG = Pattern.compile("\"[0-9a-f]+\"");
    private static final String KEY = "images/device-1/\\d{8}/[0-9A-Z]{36}\\.jpg";
    private static final int MIB = 1024 * 1024;

    private static final String ROUTES = """
              - name: inbox
                match: {hosts: [localhost], path: /inbox/**}
                origin: cos
                operations: [all]
                keys:
                  template: images/${client.cn}/${date:yyyyMMdd}/${ulid}${ext}
                  extensions: [jpg]
              - name: images
                match: {hosts: [localhost], path: /images/**}
                origin: cos
                operations: [read]
                policies: [own]
            policies:
              - name: own
                statements:
                  - {effect: allow, action: GetObject, resource: '${bucket}/images/${client.cn}/*'}
            """;

    private static Ground ground;
    /** Another instance before the same bucket. */
    private static Ground other;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        ground = Ground.start(directory, "one", 2, site -> site.routes(ROUTES).strictSigning());
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
        ground.site().origin().log().clear();
    }

    @ParameterizedTest
    @EnumSource
    void twoUploadsToOneNameAreTwoObjectsThatAreFoundWhereTheAnswersSay(Protocol protocol) throws Exception {
        byte[] first = Ground.bytes(1000);
        byte[] second = Ground.bytes(2000);
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer one = peer.exchange("PUT", "/inbox/photo.JPG", Map.of("content-length", "1000"), first);
            PeerAnswer two = peer.exchange("PUT", "/inbox/photo.JPG", Map.of("content-length", "2000"), second);

            assertThat(one.status()).isEqualTo(200);
            assertThat(header(one, "x-sealgate-key")).matches(KEY).isNotEqualTo(header(two, "x-sealgate-key"));
            assertThat(header(one, "location")).isEqualTo("/" + header(one, "x-sealgate-key"));
            assertThat(peer.get(header(one, "location")).body()).isEqualTo(first);
            assertThat(peer.get(header(two, "location")).body()).isEqualTo(second);
            assertThat(ground.isStored("inbox/photo.JPG")).isFalse();
        }
        assertThat(ground.site().origin().log().requests())
                .filteredOn(request -> request.method().equals("PUT"))
                .hasSize(2)
                .allMatch(request -> request.headers()
                        .first("x-cos-forbid-overwrite")
                        .orElse("")
                        .equals("true"));
    }

    @ParameterizedTest
    @EnumSource
    void theLogSaysTheKeyBesideThePath(Protocol protocol) throws Exception {
        try (LogLines access = LogLines.of(AccessLog.LOGGER);
                Peer peer = ground.connect(protocol)) {
            String path = "/inbox/" + protocol + ".jpg";
            PeerAnswer put = peer.exchange("PUT", path, Map.of("content-length", "3"), new byte[3]);

            access.await("\"url.path\":\"" + path, "\"sealgate.key\":\"" + header(put, "x-sealgate-key") + '"');
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUploadInPartsKeepsItsKeyAcrossInstances(Protocol protocol) throws Exception {
        byte[] object = Ground.bytes(MIB + 5);
        double matched = matched(ground) + matched(other);
        try (Peer here = ground.connect(protocol);
                Peer there = other.connect(protocol)) {
            PeerAnswer begun = here.exchange("POST", "/inbox/a.jpg?uploads", Map.of(), new byte[0]);
            String id = uploadId(begun);
            String key = header(begun, "x-sealgate-key");
            assertThat(begun.text()).contains("<Key>" + key + "</Key>");
            assertThat(header(begun, "content-length")).isEqualTo(Integer.toString(begun.body().length));
            assertThat(begun.header("location")).isNull();

            String query = "&uploadId=" + id;
            byte[] part = Arrays.copyOf(object, MIB);
            String etag = etag(here.exchange(
                    "PUT", "/inbox/a.jpg?partNumber=1" + query, Map.of("content-length", "" + MIB), part));
            byte[] rest = Arrays.copyOfRange(object, MIB, object.length);
            String last =
                    etag(there.exchange("PUT", "/inbox/x?partNumber=2" + query, Map.of("content-length", "5"), rest));
            PeerAnswer parts = there.get("/inbox/a.jpg?uploadId=" + id);
            assertThat(parts.text()).contains("<UploadId>" + id + "</UploadId>", unquoted(etag), unquoted(last));
            assertThat(parts.whole()).isTrue();
            PeerAnswer done = complete(there, id, etag, last);

            assertThat(done.status()).isEqualTo(200);
            assertThat(header(done, "location")).isEqualTo("/" + key);
            StoredObject stored =
                    ground.site().origin().store().find(TestSite.BUCKET, key).orElseThrow();
            assertThat(stored.bytes()).isEqualTo(object);
            assertThat(here.get("/" + key).body()).isEqualTo(object);
        }
        assertThat(matched(ground) + matched(other) - matched)
                .as("both parts and the download")
                .isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void onOneInstanceTheWholeIsVerifiedAsWell(Protocol protocol) throws Exception {
        double matched = matched(ground);
        try (Peer peer = ground.connect(protocol)) {
            String id = uploadId(peer.exchange("POST", "/inbox/a.jpg?uploads", Map.of(), new byte[0]));
            String etag = etag(peer.exchange(
                    "PUT", "/inbox/a.jpg?partNumber=1&uploadId=" + id, Map.of("content-length", "3"), new byte[3]));

            assertThat(complete(peer, id, etag).status()).isEqualTo(200);
        }
        Await.until("the part and the whole", () -> matched(ground) - matched, more -> more == 2);
    }

    @ParameterizedTest
    @EnumSource
    void anAbortedUploadIsGone(Protocol protocol) throws Exception {
        try (Peer peer = ground.connect(protocol)) {
            String id = uploadId(peer.exchange("POST", "/inbox/a.jpg?uploads", Map.of(), new byte[0]));
            assertThat(peer.exchange("DELETE", "/inbox/a.jpg?uploadId=" + id, Map.of(), new byte[0])
                            .status())
                    .isEqualTo(204);

            PeerAnswer parts = peer.get("/inbox/a.jpg?uploadId=" + id);

            assertThat(parts.status()).isEqualTo(404);
            assertThat(parts.text()).contains("NoSuchUpload");
            assertThat(parts.header("x-sealgate-error")).as("COS's own").isNull();
            assertThat(parts.header("x-sealgate-key")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedIdIsUnknownAndNothingOfItReachesTheOrigin(Protocol protocol) throws Exception {
        String id;
        try (Peer peer =
                ground.connect(protocol, ground.site().authority().issue(CertificateSpec.client("device-2")))) {
            id = uploadId(peer.exchange("POST", "/inbox/a.jpg?uploads", Map.of(), new byte[0]));
        }
        String plain = id.substring(id.indexOf('.') + 1);
        String otherKey =
                Base64.getUrlEncoder().withoutPadding().encodeToString("images/device-1/x.jpg".getBytes(UTF_8));
        ground.site().origin().log().clear();
        long opened = ground.site().origin().log().connectionsOpened();

        for (String forged : List.of(id, plain, otherKey + '.' + plain, "." + plain)) {
            for (String method : List.of("PUT", "POST", "GET", "DELETE")) {
                try (Peer peer = ground.connect(protocol)) {
                    String part = method.equals("PUT") ? "partNumber=1&" : "";
                    peer.head(
                            method,
                            "/inbox/a.jpg?" + part + "uploadId=" + forged,
                            method.startsWith("P") ? Map.of("content-length", "9") : Map.of(),
                            method.startsWith("P"));
                    Ground.assertOwnError(peer.answer(), 404, "NoSuchUpload", "request");
                }
            }
        }

        assertThat(ground.site().origin().log().requests()).isEmpty();
        assertThat(ground.site().origin().log().connectionsOpened()).isEqualTo(opened);
    }

    @ParameterizedTest
    @EnumSource
    void anotherExtensionOpensNoOriginConnection(Protocol protocol) throws Exception {
        long opened = ground.site().origin().log().connectionsOpened();
        try (Peer peer = ground.connect(protocol)) {
            peer.head("PUT", "/inbox/a.exe", Map.of("content-length", "2000000"), true);

            Ground.assertOwnError(peer.answer(), 403, "AccessDenied", "policy");
        }
        assertThat(ground.site().origin().log().requests()).isEmpty();
        assertThat(ground.site().origin().log().connectionsOpened()).isEqualTo(opened);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfTheOriginsSaysNoKey(Protocol protocol) throws Exception {
        RequestMatcher uploads = RequestMatcher.method("PUT");
        ground.site()
                .origin()
                .faults()
                .next(uploads, new Fault.EarlyAnswer(503, "SlowDown", Fault.EarlyAnswer.Then.KEEP_READING));
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.exchange("PUT", "/inbox/a.jpg", Map.of("content-length", "3"), new byte[3]);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("<Code>SlowDown</Code>");
            assertThat(answer.headers()).doesNotContainKeys("x-sealgate-key", "location", "x-sealgate-error");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerWithoutAnIdIsNoBeginning(Protocol protocol) throws Exception {
        RequestMatcher begins = RequestMatcher.method("POST");
        ground.site().origin().faults().next(begins, new Fault.ErrorInBody("InternalError"));
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.exchange("POST", "/inbox/a.jpg?uploads", Map.of(), new byte[0]);

            Ground.assertOwnError(answer, 502, "BadGateway", "origin");
        }
        assertThat(ground.site().origin().log().requests())
                .as("not begun again")
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aBeginningThatIsCutShortIsNotMadeTwice(Protocol protocol) throws Exception {
        RequestMatcher begins = RequestMatcher.method("POST");
        ground.site().origin().faults().next(begins, new Fault.Truncate(20));
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer answer = peer.exchange("POST", "/inbox/a.jpg?uploads", Map.of(), new byte[0]);

            Ground.assertOwnError(answer, 502, "BadGateway", "origin");
        }
        assertThat(ground.site().origin().log().requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aBeginningInChunksIsToldItsLength(Protocol protocol) throws Exception {
        RequestMatcher begins = RequestMatcher.method("POST");
        ground.site().origin().faults().next(begins, new Fault.ChunkedBody());
        try (Peer peer = ground.connect(protocol)) {
            PeerAnswer begun = peer.exchange("POST", "/inbox/a.jpg?uploads", Map.of(), new byte[0]);

            assertThat(uploadId(begun)).isNotEmpty();
            assertThat(header(begun, "content-length")).isEqualTo(Integer.toString(begun.body().length));
            assertThat(begun.header("transfer-encoding")).isNull();
        }
    }

    private static PeerAnswer complete(Peer peer, String id, String... etags) throws Exception {
        StringBuilder document = new StringBuilder("<CompleteMultipartUpload>");
        for (int i = 0; i < etags.length; i++) {
            document.append("<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>".formatted(i + 1, etags[i]));
        }
        byte[] bytes = document.append("</CompleteMultipartUpload>").toString().getBytes(UTF_8);
        return peer.exchange("POST", "/inbox/a.jpg?uploadId=" + id, Map.of("content-length", "" + bytes.length), bytes);
    }

    private static String uploadId(PeerAnswer begun) {
        Matcher id = UPLOAD_ID.matcher(begun.text());
        assertThat(id.find()).as(begun.text()).isTrue();
        assertThat(id.group(1)).matches("[A-Za-z0-9_-]+\\.[0-9a-f]+");
        return id.group(1);
    }

    private static String etag(PeerAnswer stored) {
        assertThat(header(stored, "etag")).matches(ETAG);
        return header(stored, "etag");
    }

    /** In XML the quotes are escaped. */
    private static String unquoted(String etag) {
        return etag.replace("\"", "");
    }

    private static String header(PeerAnswer answer, String name) {
        return Objects.requireNonNull(answer.header(name), () -> name + " of " + answer.status() + answer.text());
    }

    private static double matched(Ground of) throws Exception {
        return of.metric("sealgate_integrity_checks_total", "algorithm=\"crc64\"", "outcome=\"matched\"");
    }
}
