package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIT {
    private static final String HELLO_MD5 = "XUFAKrxLKna5cZ2REBfFkg==";
    private static final String HELLO_ETAG = "\"5d41402abc4b2a76b9719d911017c592\"";
    private static final String HELLO_CRC = "11177612005948864433";

    @TempDir
    Path directory;

    private OriginFixture cos;

    @BeforeEach
    void start() throws IOException {
        cos = new OriginFixture(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cos.close();
    }

    @Test
    void putAnswersWithDigests() throws IOException {
        Reply reply = cos.put("/a", "hello", "Content-MD5: " + HELLO_MD5);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("ETag")).isEqualTo(HELLO_ETAG);
        assertThat(reply.header("x-cos-hash-crc64ecma")).isEqualTo(HELLO_CRC);
        assertThat(reply.header("Server")).isEqualTo("tencent-cos");
        assertThat(reply.headers().contains("Date")).isTrue();
        assertThat(reply.headers().contains("x-cos-request-id")).isTrue();
    }

    @Test
    void getReturnsBytesAndKeptHeaders() throws IOException {
        cos.put(
                "/a",
                "hello",
                "Content-Type: text/x",
                "Cache-Control: no-store",
                "Content-Disposition: inline",
                "Content-Encoding: identity",
                "Expires: never",
                "x-cos-meta-k: v",
                "x-cos-storage-class: STANDARD_IA");

        Reply reply = cos.get("/a");

        assertThat(reply.text()).isEqualTo("hello");
        assertThat(reply.header("Content-Type")).isEqualTo("text/x");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Disposition")).isEqualTo("inline");
        assertThat(reply.header("Content-Encoding")).isEqualTo("identity");
        assertThat(reply.header("Expires")).isEqualTo("never");
        assertThat(reply.header("x-cos-meta-k")).isEqualTo("v");
        assertThat(reply.header("x-cos-storage-class")).isEqualTo("STANDARD_IA");
        assertThat(reply.header("x-cos-hash-crc64ecma")).isEqualTo(HELLO_CRC);
        assertThat(reply.header("ETag")).isEqualTo(HELLO_ETAG);
    }

    @Test
    void headSaysTheLengthAndSendsNothing() throws IOException {
        cos.put("/a", "hello");

        Reply head = cos.send("HEAD", "/a");
        Reply next = cos.get("/a");

        assertThat(head.header("Content-Length")).isEqualTo("5");
        assertThat(next.text()).isEqualTo("hello");
    }

    @Test
    void responseParametersOverrideHeaders() throws IOException {
        cos.put("/a", "hello", "Content-Type: text/x");

        Reply reply = cos.get("/a?response-content-type=image%2Fjpeg&response-cache-control=max-age%3D600");

        assertThat(reply.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(reply.header("Cache-Control")).isEqualTo("max-age=600");
    }

    @Test
    void responseParametersCannotInjectHeaders() throws IOException {
        cos.put("/a", "hello");

        assertThat(cos.get("/a?response-content-type=a%0D%0AX-Evil:1").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"XUFAKrxLKna5cZ2REBfFkw==, BadDigest", "nonsense, InvalidDigest", "AAAA, InvalidDigest"})
    void aWrongMd5CommitsNothing(String md5, String code) throws IOException {
        Reply reply = cos.put("/a", "hello", "Content-MD5: " + md5);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<Code>" + code + "</Code>");
        assertThat(cos.exists("a")).isFalse();
    }

    @Test
    void forbidOverwriteKeepsTheFirst() throws IOException {
        cos.put("/a", "first", "x-cos-forbid-overwrite: true");

        Reply reply = cos.put("/a", "second", "x-cos-forbid-overwrite: true");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text()).contains("FileAlreadyExists");
        assertThat(cos.get("/a").text()).isEqualTo("first");
    }

    @Test
    void deleteAnswersTheSameWhetherOrNotThereWasAnything() throws IOException {
        cos.put("/a", "hello");

        assertThat(cos.send("DELETE", "/a").status()).isEqualTo(204);
        assertThat(cos.send("DELETE", "/a").status()).isEqualTo(204);
        assertThat(cos.get("/a").status()).isEqualTo(404);
    }

    @Test
    void errorsHaveTheShapeOfCos() throws IOException {
        Reply reply = cos.get("/no<such>", "Host: examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).isEqualTo("application/xml");
        assertThat(reply.headers().contains("x-cos-trace-id")).isTrue();
        XmlElement error = XmlElement.parse(reply.bytes(), "Error");
        assertThat(error.need("Code")).isEqualTo("NoSuchKey");
        assertThat(error.need("Resource")).isEqualTo("examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/no<such>");
        assertThat(error.need("RequestId")).isEqualTo(reply.header("x-cos-request-id"));
        assertThat(error.need("TraceId")).isEqualTo(reply.header("x-cos-trace-id"));
    }

    @Test
    void theBucketComesFromTheHost() throws IOException {
        cos.put("/a", "one", "Host: one-125.cos.ap-guangzhou.myqcloud.com:443");
        cos.put("/a", "two", "Host: two-125.cos-internal.ap-guangzhou.tencentcos.cn");

        assertThat(cos.origin.store().find("one-125", "a").orElseThrow().bytes())
                .asString()
                .isEqualTo("one");
        assertThat(cos.origin.store().find("two-125", "a").orElseThrow().bytes())
                .asString()
                .isEqualTo("two");
    }

    @ParameterizedTest
    @CsvSource({"/a//b/../c, a//b/../c", "/%2Fx%252F, /x%2F", "/a+b%2Bc, a+b+c", "/%E8%85%BE, \u817e"})
    void keysAreDecodedOnceAndNotNormalised(String target, String key) throws IOException {
        cos.put(target, "hello");

        assertThat(cos.origin.store().keys(OriginFixture.BUCKET)).containsExactly(key);
        assertThat(cos.get(target).text()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/%2F", "////", "/./", "/.", "/%2e%2E/", "//..//."})
    void aPathOfEmptyAndDotSegmentsAloneIsTheBucket(String path) throws IOException {
        cos.put("/secret", "hello");

        assertThat(cos.get(path).text()).contains("<ListBucketResult>", "<Key>secret</Key>");
        assertThat(cos.put(path + "?policy", "{}").status()).isIn(200, 204);
        assertThat(cos.origin.store().keys(OriginFixture.BUCKET)).containsExactly("secret");
    }

    @Test
    void keysHaveALongestLength() throws IOException {
        assertThat(cos.put("/" + "k".repeat(850), "x").status()).isEqualTo(200);
        assertThat(cos.put("/" + "k".repeat(851), "x").text()).contains("KeyTooLong");
    }

    @Test
    void tagsAreKeptAndDeleted() throws IOException {
        cos.put("/a", "hello");
        String tagging = "<Tagging><TagSet><Tag><Key>k</Key><Value>v&amp;</Value></Tag></TagSet></Tagging>";

        assertThat(cos.put("/a?tagging", tagging).status()).isEqualTo(200);
        assertThat(cos.get("/a?tagging").text()).contains("<Key>k</Key><Value>v&amp;</Value>");
        assertThat(cos.send("DELETE", "/a?tagging").status()).isEqualTo(204);
        assertThat(cos.get("/a?tagging").text()).doesNotContain("<Tag>");
    }

    @Test
    void aclIsKept() throws IOException {
        cos.put("/a", "hello", "x-cos-acl: private");

        assertThat(cos.get("/a?acl").text()).doesNotContain("AllUsers");
        assertThat(cos.put("/a?acl", "", "x-cos-acl: public-read").status()).isEqualTo(200);
        assertThat(cos.stored("a").acl()).isEqualTo("public-read");
        assertThat(cos.get("/a?acl").text()).contains("AllUsers");
    }

    @Test
    void severalObjectsAreDeletedAtOnce() throws IOException {
        cos.put("/a", "1");
        cos.put("/b", "2");
        String list = "<Delete><Quiet>false</Quiet><Object><Key>a</Key></Object><Object><Key>b</Key></Object></Delete>";

        Reply unverified = cos.post("/?delete", list);
        Reply reply = cos.post("/?delete", list, "Content-MD5: " + md5(list));

        assertThat(unverified.status()).isEqualTo(400);
        assertThat(reply.text()).contains("<Deleted><Key>a</Key></Deleted>");
        assertThat(cos.origin.store().keys(OriginFixture.BUCKET)).isEmpty();
    }

    @Test
    void quietDeletionSaysNothing() throws IOException {
        String list = "<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object></Delete>";

        assertThat(cos.post("/?delete", list, "Content-MD5: " + md5(list)).text())
                .doesNotContain("Deleted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?acl", "/?versioning", "/?location", "/?uploads", "/"})
    void bucketsCanBeAsked(String target) throws IOException {
        assertThat(cos.get(target).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a?unknown", "/a?imageMogr2/thumbnail", "/a?versionId=1", "/?rename"})
    void unknownSubResourcesAreNotTakenForObjects(String target) throws IOException {
        cos.put("/a", "hello");

        assertThat(cos.get(target).status()).isEqualTo(501);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Encoding: gzip, aws-chunked", "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER"
            })
    void streamingSignaturesAreRefused(String header) throws IOException {
        Reply reply = cos.put("/a", "hello", header);

        assertThat(reply.status()).isEqualTo(501);
        assertThat(cos.exists("a")).isFalse();
    }

    @Test
    void signatureVersion4IsRefused() throws IOException {
        assertThat(cos.put("/a", "hello", "Authorization: AWS4-HMAC-SHA256 Credential=x")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void objectsSurviveARestart() throws IOException {
        cos.put("/a%20b", "hello", "x-cos-meta-k: v", "x-cos-server-side-encryption: AES256", "x-cos-tagging: t=1");
        StoredObject before = cos.stored("a b");

        cos.close();
        cos = new OriginFixture(directory);

        assertThat(cos.stored("a b")).isEqualTo(before);
        assertThat(cos.get("/a%20b").text()).isEqualTo("hello");
    }

    @Test
    void theStoreTellsWhatItHolds() throws IOException {
        cos.put("/a", "hello");

        StoredObject object = cos.stored("a");

        assertThat(object.size()).isEqualTo(5);
        assertThat(object.md5()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(object.crc64Text()).isEqualTo(HELLO_CRC);
        assertThat(object.bytes()).asString().isEqualTo("hello");
    }

    static String md5(String text) {
        return Base64.getEncoder().encodeToString(Digests.md5(text.getBytes(UTF_8)));
    }
}
