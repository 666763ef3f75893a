package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.Encryption;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.StoredObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SDKs repeat on every request of a multipart upload what they say of its object. */
class RepeatedHeadersIT {

    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");
    private static final String MODE = "x-cos-server-side-encryption";
    private static final byte[] PART = "a part".getBytes(UTF_8);

    /** Tencent's SDK for Android copies all headers of a Put. */
    private static final Map<String, String> ANDROID = Map.of(
            "user-agent",
            "cos-android-sdk-5.9.51",
            "x-cos-security-token",
            "throwaway-session-token",
            "content-type",
            "text/plain",
            MODE,
            "AES256",
            "x-cos-meta-k",
            "v",
            "x-cos-storage-class",
            "STANDARD_IA",
            "x-cos-acl",
            "public-read",
            "x-cos-tagging",
            "a=b",
            "x-cos-forbid-overwrite",
            "true",
            "x-cos-traffic-limit",
            "819200");

    /** boto3's s3transfer says a customer's key with the first request, each part and the last. */
    private static final Map<String, String> S3_TRANSFER = Map.of(
            "x-amz-server-side-encryption-customer-algorithm", "AES256",
            "x-amz-server-side-encryption-customer-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "x-amz-server-side-encryption-customer-key-md5", "tP/LI3N87DFaSk0aoqYgzg==");

    private static final String ROUTES = """
              - name: rejected
                match: {hosts: [localhost], path: /reject/**}
                origin: cos
                operations: [all]
              - name: replaced
                match: {hosts: [localhost], path: /replace/**}
                origin: cos
                operations: [all]
                encryption: {mode: sse-kms, key-id: own-key, when-client-sends: replace}
              - name: kept
                match: {hosts: [localhost], path: /**}
                origin: cos
                operations: [all]
                encryption: {mode: sse-kms, key-id: own-key, when-client-sends: keep}
            """;

    @TempDir
    private static Path directory;

    private static Ground signing;
    private static Ground forwarding;

    @BeforeAll
    static void start() throws Exception {
        signing = Ground.start(directory, "sign", 1, site -> site.routes(ROUTES));
        forwarding = Ground.start(directory, "forward", 1, site -> site.auth("forward"));
    }

    @AfterAll
    static void stop() {
        signing.close();
        forwarding.close();
    }

    /** A client that says the same with every request of an upload. */
    private record Client(Ground ground, Peer peer, Map<String, String> repeated) {

        /** Uploads one part, and has the parts listed in between as Android does. */
        void upload(String path) throws Exception {
            String id = id(ask("POST", path + "?uploads", new byte[0]));
            PeerAnswer part = ask("PUT", path + "?partNumber=1&uploadId=" + id, PART);
            PeerAnswer list = ask("GET", path + "?uploadId=" + id, new byte[0]);
            String document = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + part.header("etag")
                    + "</ETag></Part></CompleteMultipartUpload>";
            PeerAnswer end = ask("POST", path + "?uploadId=" + id, document.getBytes(UTF_8));

            assertThat(List.of(part, list, end))
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.text()).isEqualTo(200));
        }

        private static String id(PeerAnswer begun) {
            Matcher id = UPLOAD_ID.matcher(begun.text());
            assertThat(id.find()).as(begun.text()).isTrue();
            return id.group(1);
        }

        PeerAnswer ask(String method, String target, byte[] body) throws Exception {
            Map<String, String> headers = new HashMap<>(repeated);
            if (!method.equals("GET")) {
                headers.put("content-length", Integer.toString(body.length));
            }
            if (ground == forwarding) {
                String signed = DeviceSigner.accepted().authorization(method, target, Headers.of("host", "localhost"));
                headers.put("authorization", signed);
            }
            return peer.exchange(method, target, headers, body);
        }
    }

    private static StoredObject stored(Ground ground, String key) {
        return ground.site().origin().store().find(TestSite.BUCKET, key).orElseThrow();
    }

    private static List<LoggedRequest> heard(Ground ground, String key, Predicate<LoggedRequest> which) {
        return ground.site().origin().log().requests().stream()
                .filter(request -> request.target().startsWith("/" + key + "?"))
                .filter(which)
                .toList();
    }

    static Stream<Arguments> androidUploads() {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> Stream.of("sign", "forward").map(auth -> Arguments.of(protocol, auth)));
    }

    @ParameterizedTest
    @MethodSource("androidUploads")
    void anUploadHasWhatItsBeginningSays(Protocol protocol, String auth) throws Exception {
        Ground ground = auth.equals("sign") ? signing : forwarding;
        String key = "android-" + protocol;
        try (Peer peer = ground.connect(protocol)) {
            new Client(ground, peer, ANDROID).upload("/" + key);
        }
        StoredObject object = stored(ground, key);
        assertThat(object.bytes()).isEqualTo(PART);
        assertThat(object.encryption()).isEqualTo(new Encryption.Managed("AES256"));
        assertThat(object.acl()).isEqualTo("public-read");
        assertThat(object.metadata().first("x-cos-meta-k")).contains("v");
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheBeginningIsSentOnWhereTheGatewaySigns(Protocol protocol) throws Exception {
        String key = "sent-" + protocol;
        try (Peer peer = signing.connect(protocol)) {
            new Client(signing, peer, ANDROID).upload("/" + key);
        }
        List<LoggedRequest> others =
                heard(signing, key, request -> !request.target().endsWith("?uploads"));
        assertThat(others).hasSize(3).allSatisfy(request -> {
            for (String name : List.of(MODE, "x-cos-meta-k", "x-cos-storage-class", "x-cos-acl", "x-cos-tagging")) {
                assertThat(request.headers().contains(name)).as(name).isFalse();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCustomersKeyIsSentOnWithTheBeginningAndTheParts(Protocol protocol) throws Exception {
        String key = "customer-" + protocol;
        try (Peer peer = signing.connect(protocol)) {
            new Client(signing, peer, S3_TRANSFER).upload("/" + key);
        }
        assertThat(stored(signing, key).encryption()).isInstanceOf(Encryption.Customer.class);
        assertThat(heard(signing, key, request -> request.headers().contains(MODE + "-customer-key")))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.target()).containsAnyOf("?uploads", "partNumber=1"));
    }

    @ParameterizedTest
    @EnumSource
    void aStatementAboutAPartDoesNotSwitchTheRoutesEncryptionOff(Protocol protocol) throws Exception {
        String key = "part-" + protocol;
        try (Peer peer = signing.connect(protocol)) {
            Client silent = new Client(signing, peer, Map.of());
            String id = Client.id(silent.ask("POST", "/" + key + "?uploads", new byte[0]));
            String upload = "/" + key + "?uploadId=" + id;
            Client saying = new Client(signing, peer, Map.of(MODE, "AES256"));
            PeerAnswer part = saying.ask("PUT", upload + "&partNumber=1", PART);
            assertThat(part.header(MODE)).isEqualTo("cos/kms");
            String document = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + part.header("etag")
                    + "</ETag></Part></CompleteMultipartUpload>";
            assertThat(saying.ask("POST", upload, document.getBytes(UTF_8)).status())
                    .isEqualTo(200);
        }
        assertThat(stored(signing, key).encryption()).isEqualTo(new Encryption.Kms("own-key", null));
    }

    @ParameterizedTest
    @EnumSource
    void otherRoutesReplaceOrRejectWhatIsRepeated(Protocol protocol) throws Exception {
        String key = "replace/" + protocol;
        try (Peer peer = signing.connect(protocol)) {
            Client android = new Client(signing, peer, ANDROID);
            android.upload("/" + key);
            for (String query : List.of("?uploads", "?partNumber=1&uploadId=u", "?uploadId=u")) {
                String method = query.contains("partNumber") ? "PUT" : "POST";
                byte[] body = query.equals("?uploads") ? new byte[0] : PART;
                Ground.assertOwnError(android.ask(method, "/reject/a" + query, body), 403, "AccessDenied", "request");
            }
        }
        assertThat(stored(signing, key).encryption()).isEqualTo(new Encryption.Kms("own-key", null));
    }
}
