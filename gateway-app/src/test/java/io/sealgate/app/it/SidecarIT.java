package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.COSCredentials;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.ObjectMetadata;
import io.sealgate.core.observe.AccessLog;
import io.sealgate.origin.Headers;
import io.sealgate.origin.LoggedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An application speaks plain HTTP to the gateway beside it, which speaks mutual TLS to the gateway at the edge, which signs for
 * the origin: docs/sidecar.md. The application has neither certificate nor COS key.
 */
@Timeout(120)
class SidecarIT {

    private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");
    private static final byte[] NOTHING = {};
    private static final int PART = 5 * 1024 * 1024;

    @TempDir
    private static Path directory;

    private static TestSite edge;
    private static Sidecar sidecar;

    @BeforeAll
    static void start() throws Exception {
        edge = edge("edge", "sign", "localhost");
        sidecar = Sidecar.of(edge, Sidecar.Auth.FORWARD, Files.createDirectory(directory.resolve("sidecar")));
    }

    /** Whose certificate is for {@code name} alone, and who refuses everything that has to do with ACLs. */
    private static TestSite edge(String directoryName, String auth, String name) throws Exception {
        return TestSite.in(Files.createDirectory(directory.resolve(directoryName)))
                .auth(auth)
                .serverName(name)
                .strictSigning()
                .eventLoops(1)
                .routes("""
                          - name: everything
                            origin: cos
                            operations: [read, write, copy, delete, list]
                        """)
                .start();
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        edge.close();
    }

    @BeforeEach
    void startAfresh() {
        edge.origin().log().clear();
    }

    /** How the application reaches the sidecar. */
    enum Way {
        LOOPBACK,
        UNIX_SOCKET;

        Http1Peer connect() throws IOException {
            return this == LOOPBACK ? sidecar.overLoopback() : sidecar.overUnixSocket();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anObjectIsStoredAndReadInWholeAndInPart(Way way) throws Exception {
        byte[] object = Ground.bytes(2_500_000);
        try (Http1Peer application = way.connect();
                LogLines access = LogLines.of(AccessLog.LOGGER)) {
            assertThat(put(application, "/" + way + "/object", object).status()).isEqualTo(200);
            assertThat(application.get("/" + way + "/object").body()).isEqualTo(object);
            PeerAnswer range = application.exchange(
                    "GET", "/" + way + "/object", Map.of("range", "bytes=1000000-1000999"), NOTHING);
            assertThat(range.status()).isEqualTo(206);
            assertThat(range.body()).isEqualTo(Arrays.copyOfRange(object, 1_000_000, 1_001_000));
            PeerAnswer list = application.get("/?prefix=" + way + "/");
            assertThat(list.text()).contains("<Key>" + way + "/object</Key>");
            assertThat(access.await("\"sealgate.listener\":\"edge\"", "\"http.request.method\":\"PUT\""))
                    .contains("\"tls.client.subject\":\"CN=" + Sidecar.POD)
                    .contains("\"sealgate.authority\":\"" + TestSite.BUCKET_HOST + '"');
        }
        assertThat(stored(way + "/object")).isEqualTo(object);
    }

    @ParameterizedTest
    @EnumSource
    void anUploadInPartsIsPutTogether(Way way) throws Exception {
        byte[] object = Ground.bytes(PART + 1024 * 1024);
        String key = "/" + way + "/parts";
        try (Http1Peer application = way.connect()) {
            Matcher id = UPLOAD_ID.matcher(application
                    .exchange("POST", key + "?uploads", Map.of(), NOTHING)
                    .text());
            assertThat(id.find()).isTrue();
            String upload = "uploadId=" + id.group(1);
            String first = etag(put(application, key + "?partNumber=1&" + upload, Arrays.copyOf(object, PART)));
            String second = etag(
                    put(application, key + "?partNumber=2&" + upload, Arrays.copyOfRange(object, PART, object.length)));
            byte[] parts = ("<CompleteMultipartUpload>"
                            + "<Part><PartNumber>1</PartNumber><ETag>" + first + "</ETag></Part>"
                            + "<Part><PartNumber>2</PartNumber><ETag>" + second + "</ETag></Part>"
                            + "</CompleteMultipartUpload>")
                    .getBytes(UTF_8);
            Map<String, String> length = Map.of("content-length", String.valueOf(parts.length));
            assertThat(application
                            .exchange("POST", key + "?" + upload, length, parts)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(stored(way + "/parts")).isEqualTo(object);
    }

    @ParameterizedTest
    @EnumSource
    void aCorruptUploadDoesNotGetPastTheSidecar(Way way) throws Exception {
        byte[] body = Ground.bytes(100_000);
        Map<String, String> headers = Map.of(
                "content-length", String.valueOf(body.length),
                "content-md5", Bytes.contentMd5(Ground.bytes(99_999)));
        try (Http1Peer application = way.connect()) {
            Ground.assertOwnError(
                    application.exchange("PUT", "/corrupt", headers, body), 400, "BadDigest", "integrity");
        }
        assertThat(edge.origin().store().find(TestSite.BUCKET, "corrupt")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatTheOriginAndTheEdgeHaveToSayReachesTheApplication(Way way) throws Exception {
        try (Http1Peer application = way.connect()) {
            PeerAnswer absent = application.get("/absent");
            assertThat(absent.status()).isEqualTo(404);
            assertThat(absent.text()).contains("<Code>NoSuchKey</Code>");
            PeerAnswer denied = application.get("/object?acl");
            assertThat(denied.status()).isEqualTo(403);
            assertThat(denied.text()).contains("<Code>AccessDenied</Code>");
        }
        assertThat(edge.origin().log().requests())
                .extracting(LoggedRequest::target)
                .containsExactly("/absent");
    }

    /** SDKs always sign; the edge takes no notice of it. */
    @Test
    void theJavaSdkWorksWithAKeyThatNobodyKnows() throws Exception {
        javaSdk(sidecar, edge, CosSdk.UNKNOWN);
    }

    @Test
    void theMetricsSayHowMuchTimeIsLeftToThePodsCertificateAndToTheEdgesCa() throws Exception {
        assertThat(remaining("client", "CN=" + Sidecar.POD)).isPositive();
        assertThat(remaining("ca", "CN=Test CA")).isPositive();
    }

    private static double remaining(String kind, String subject) throws IOException {
        return sidecar.metric(
                "sealgate_tls_certificate_remaining_seconds",
                "origin=\"edge\"",
                "kind=\"" + kind + "\"",
                "subject=\"" + subject + "\"");
    }

    @Test
    void aPodWithoutACertificateIsRefusedAtTheEdge() throws Exception {
        Path own = Files.createDirectory(directory.resolve("nobody"));
        try (Sidecar nobody = Sidecar.ofNobody(edge, own);
                Http1Peer application = nobody.overLoopback()) {
            Ground.assertOwnError(application.get("/object"), 503, "ServiceUnavailable", "origin");
        }
        assertThat(edge.origin().log().requests()).isEmpty();
    }

    /** The name that counts is the endpoint's, although the request is for the bucket's host. */
    @Test
    void anEdgeWhoseCertificateIsForTheBucketsHostOnlyIsNotTrusted() throws Exception {
        Path own = Files.createDirectory(directory.resolve("deceived"));
        try (TestSite wrong = edge("wrong", "sign", TestSite.BUCKET_HOST);
                Sidecar deceived = Sidecar.of(wrong, Sidecar.Auth.FORWARD, own);
                Http1Peer application = deceived.overLoopback()) {
            Ground.assertOwnError(application.get("/object"), 502, "BadGateway", "origin");
            assertThat(wrong.origin().log().requests()).isEmpty();
        }
    }

    /** Where pods have COS keys of their own, COS judges them, and the edge needs none. */
    @ParameterizedTest
    @EnumSource
    void whereTheEdgeForwardsTheOriginJudgesTheSignatureOfApplicationOrSidecar(Sidecar.Auth auth) throws Exception {
        Path own = Files.createDirectory(directory.resolve("own-key-" + auth));
        try (TestSite forwarding = edge("forwarding-" + auth, "forward", "localhost");
                Sidecar between = Sidecar.of(forwarding, auth, own)) {
            javaSdk(between, forwarding, auth == Sidecar.Auth.FORWARD ? CosSdk.ACCEPTED : CosSdk.UNKNOWN);
            forwarding.origin().store().put(TestSite.BUCKET, "secret", NOTHING, Headers.none());
            try (Http1Peer unsigned = between.overLoopback()) {
                assertThat(unsigned.get("/secret").status()).isEqualTo(auth == Sidecar.Auth.FORWARD ? 403 : 200);
            }
        }
    }

    private static void javaSdk(Sidecar sidecar, TestSite edge, COSCredentials credentials) throws Exception {
        byte[] object = Ground.bytes(300_000);
        COSClient cos = CosSdk.plain(sidecar.port(), credentials);
        try {
            ObjectMetadata metadata = new ObjectMetadata();
            metadata.setContentLength(object.length);
            cos.putObject(TestSite.BUCKET, "dir/sdk", new ByteArrayInputStream(object), metadata);
            try (COSObject read = cos.getObject(TestSite.BUCKET, "dir/sdk")) {
                assertThat(read.getObjectContent().readAllBytes()).isEqualTo(object);
            }
            assertThat(cos.listObjects(TestSite.BUCKET, "dir/").getObjectSummaries())
                    .hasSize(1);
        } finally {
            cos.shutdown();
        }
        assertThat(edge.origin()
                        .store()
                        .find(TestSite.BUCKET, "dir/sdk")
                        .orElseThrow()
                        .bytes())
                .isEqualTo(object);
    }

    private static PeerAnswer put(Peer application, String target, byte[] body) throws IOException {
        return application.exchange("PUT", target, Map.of("content-length", String.valueOf(body.length)), body);
    }

    private static String etag(PeerAnswer answer) {
        return String.valueOf(answer.header("etag"));
    }

    private static byte[] stored(String key) {
        return edge.origin().store().find(TestSite.BUCKET, key).orElseThrow().bytes();
    }
}
