package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.origin.Headers;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.StoredObject;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;

/**
 * The AWS SDK for Java 2 with its default settings, which no COS takes: chunks of AWS's own with a checksum behind them. The origin refuses
 * those, and every header and signature of AWS's.
 */
@ParameterizedClass
@EnumSource(AwsSdk.Addressing.class)
class AwsSdkIT {

    private static TestSite site;

    @Parameter
    private AwsSdk.Addressing addressing;

    private S3Client s3;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        site = TestSite.in(directory).strictSigning().routes("""
                  - name: everything
                    match: {hosts: [localhost], addressing: path}
                    origin: cos
                    operations: [all]
                    encryption: {when-client-sends: keep}
                """).start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void connect() throws Exception {
        s3 = AwsSdk.through(site, addressing);
        site.origin().log().clear();
    }

    @AfterEach
    void disconnect() {
        s3.close();
    }

    @Test
    void objectIsStoredAndReadBackWithItsMetadata() {
        PutObjectResponse put = s3.putObject(
                request -> request.bucket(TestSite.BUCKET)
                        .key("string")
                        .contentType("text/x-log")
                        .contentEncoding("gzip")
                        .cacheControl("no-store")
                        .metadata(Map.of("device", "meter-7", "under_score", "v"))
                        .storageClass(StorageClass.STANDARD_IA),
                RequestBody.fromString("hello world"));

        StoredObject stored = stored("string");
        assertThat(stored.bytes()).asString(UTF_8).isEqualTo("hello world");
        assertThat(stored.metadata().first("Content-Encoding")).hasValue("gzip");
        assertThat(stored.metadata().first("x-cos-meta-device")).hasValue("meter-7");
        assertThat(put.eTag()).isEqualTo('"' + stored.md5() + '"');
        assertThat(put.responseMetadata().requestId()).isNotBlank().isNotEqualTo("UNKNOWN");
        var got = s3.getObjectAsBytes(request -> request.bucket(TestSite.BUCKET).key("string"));
        assertThat(got.asUtf8String()).isEqualTo("hello world");
        GetObjectResponse answer = got.response();
        assertThat(answer.metadata()).isEqualTo(Map.of("device", "meter-7", "under_score", "v"));
        assertThat(answer.contentType()).isEqualTo("text/x-log");
        assertThat(answer.contentEncoding()).isEqualTo("gzip");
        assertThat(answer.cacheControl()).isEqualTo("no-store");
        assertThat(answer.storageClass()).isEqualTo(StorageClass.STANDARD_IA);
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(TestSite.BUCKET).key("string"));
        assertThat(head.contentLength()).isEqualTo(11);
        assertThat(head.metadata()).isEqualTo(answer.metadata());
        assertThat(head.responseMetadata().requestId()).isNotBlank().isNotEqualTo("UNKNOWN");
    }

    @Test
    void theOriginSeesAPlainBodyAndNothingOfS3() {
        s3.putObject(request -> request.bucket(TestSite.BUCKET).key("plain"), RequestBody.fromBytes(Bytes.of(1000)));

        assertThat(site.origin().log().requests()).singleElement().satisfies(request -> {
            assertThat(request.headers().first("content-length")).hasValue("1000");
            assertThat(request.headers().first("content-encoding")).isEmpty();
            assertThat(request.headers().first("authorization").orElse("")).startsWith("q-sign-algorithm=");
            assertThat(request.headers().lines())
                    .noneMatch(line -> line.getKey().toLowerCase(Locale.ROOT).contains("amz"));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_072, 131_073, 5_000_000})
    void fileOfAnySizeIsStored(int size, @TempDir Path directory) throws Exception {
        byte[] bytes = Bytes.of(size);
        Path file = Files.write(directory.resolve("file"), bytes);

        s3.putObject(request -> request.bucket(TestSite.BUCKET).key("file-" + size), RequestBody.fromFile(file));

        assertThat(stored("file-" + size).bytes()).isEqualTo(bytes);
        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket(TestSite.BUCKET).key("file-" + size))
                        .asByteArray())
                .isEqualTo(bytes);
    }

    /** The SDK waits for {@code 100 Continue} with these. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3_000_000})
    void streamOfUnknownLengthIsStored(int size) {
        byte[] bytes = Bytes.of(size);

        s3.putObject(
                request -> request.bucket(TestSite.BUCKET).key("stream-" + size),
                RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes), "application/x-telemetry"));

        assertThat(stored("stream-" + size).bytes()).isEqualTo(bytes);
        assertThat(stored("stream-" + size).metadata().first("Content-Type")).hasValue("application/x-telemetry");
    }

    @Test
    void streamOfKnownLengthIsStored() {
        byte[] bytes = Bytes.of(2_000_000);

        s3.putObject(
                request -> request.bucket(TestSite.BUCKET).key("stream"),
                RequestBody.fromInputStream(new ByteArrayInputStream(bytes), bytes.length));

        assertThat(stored("stream").bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void everyChecksumThatTheSdkCanMakeWithoutNativeCodeIsVerified(ChecksumAlgorithm algorithm) throws Exception {
        byte[] bytes = Bytes.of(300_000);

        s3.putObject(
                request -> request.bucket(TestSite.BUCKET)
                        .key("checksum-" + algorithm)
                        .checksumAlgorithm(algorithm),
                RequestBody.fromBytes(bytes));

        assertThat(stored("checksum-" + algorithm).bytes()).isEqualTo(bytes);
        assertThat(site.metrics())
                .containsPattern("sealgate_integrity_checks_total\\{algorithm=\""
                        + algorithm.toString().toLowerCase(Locale.ROOT)
                        + "\",direction=\"upload\",outcome=\"matched\"");
    }

    @Test
    void aWrongChecksumIsBadDigest() {
        assertThatThrownBy(() -> s3.putObject(
                        request -> request.bucket(TestSite.BUCKET)
                                .key("wrong")
                                .checksumSHA256("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
                        RequestBody.fromString("hello world")))
                .isInstanceOfSatisfying(S3Exception.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(400);
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("BadDigest");
                    assertThat(error.requestId()).isNotBlank();
                });
        assertThat(site.origin().store().find(TestSite.BUCKET, "wrong")).isEmpty();
    }

    @Test
    void rangeIsJustThatPart() {
        byte[] bytes = Bytes.of(100_000);
        site.origin().store().put(TestSite.BUCKET, "range", bytes, Headers.none());

        var got = s3.getObjectAsBytes(
                request -> request.bucket(TestSite.BUCKET).key("range").range("bytes=1000-65999"));

        assertThat(got.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 1_000, 66_000));
    }

    @Test
    void whatIsNotThereIsNoSuchKey() {
        assertThatThrownBy(() -> s3.getObjectAsBytes(
                        request -> request.bucket(TestSite.BUCKET).key("nothing")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() ->
                        s3.headObject(request -> request.bucket(TestSite.BUCKET).key("nothing")))
                .isInstanceOfSatisfying(S3Exception.class, error -> assertThat(error.statusCode())
                        .isEqualTo(404));
    }

    @Test
    void objectsAreDeletedOneByOneAndTogether() {
        for (String key : List.of("del/1", "del/2 +&", "del/3")) {
            site.origin().store().put(TestSite.BUCKET, key, Bytes.of(3), Headers.none());
        }

        s3.deleteObject(request -> request.bucket(TestSite.BUCKET).key("del/1"));
        var deleted = s3.deleteObjects(request -> request.bucket(TestSite.BUCKET)
                .delete(delete -> delete.objects(
                        ObjectIdentifier.builder().key("del/2 +&").build(),
                        ObjectIdentifier.builder().key("del/3").build())));

        assertThat(deleted.deleted()).hasSize(2);
        assertThat(site.origin().store().keys(TestSite.BUCKET)).noneMatch(key -> key.startsWith("del/"));
    }

    @Test
    void listingNamesTheObjects() {
        for (String key : List.of("list/a", "list/b c", "list/sub/d")) {
            site.origin().store().put(TestSite.BUCKET, key, Bytes.of(3), Headers.none());
        }

        var listing = s3.listObjects(
                request -> request.bucket(TestSite.BUCKET).prefix("list/").delimiter("/"));

        assertThat(listing.contents()).extracting(S3Object::key).containsExactly("list/a", "list/b c");
        assertThat(listing.commonPrefixes()).singleElement().satisfies(prefix -> assertThat(prefix.prefix())
                .isEqualTo("list/sub/"));
    }

    @Test
    void theSecondKindOfListingSaysWhatToUse() {
        assertThatThrownBy(() -> s3.listObjectsV2(
                        request -> request.bucket(TestSite.BUCKET).prefix("list/")))
                .isInstanceOfSatisfying(S3Exception.class, error -> {
                    assertThat(error.statusCode()).isEqualTo(501);
                    assertThat(error.awsErrorDetails().errorMessage()).contains("ListObjects");
                });
        assertThat(site.origin().log().requests()).isEmpty();
    }

    @Test
    void objectIsUploadedInParts() {
        byte[] first = Bytes.of(1_500_000);
        byte[] second = Bytes.of(700_001);
        String id = s3.createMultipartUpload(
                        request -> request.bucket(TestSite.BUCKET).key("parts").metadata(Map.of("a", "b")))
                .uploadId();
        List<CompletedPart> parts = List.of(part(id, 1, first), part(id, 2, second));

        s3.completeMultipartUpload(request -> request.bucket(TestSite.BUCKET)
                .key("parts")
                .uploadId(id)
                .multipartUpload(upload -> upload.parts(parts)));

        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        assertThat(stored("parts").bytes()).isEqualTo(whole);
        assertThat(stored("parts").metadata().first("x-cos-meta-a")).hasValue("b");
    }

    private CompletedPart part(String id, int number, byte[] bytes) {
        String tag = s3.uploadPart(
                        request -> request.bucket(TestSite.BUCKET)
                                .key("parts")
                                .uploadId(id)
                                .partNumber(number),
                        RequestBody.fromBytes(bytes))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    @Test
    void uploadInPartsIsAborted() {
        String id = s3.createMultipartUpload(
                        request -> request.bucket(TestSite.BUCKET).key("aborted"))
                .uploadId();

        s3.abortMultipartUpload(
                request -> request.bucket(TestSite.BUCKET).key("aborted").uploadId(id));

        assertThat(s3.listMultipartUploads(request -> request.bucket(TestSite.BUCKET))
                        .uploads())
                .noneMatch(upload -> upload.key().equals("aborted"));
    }

    @Test
    void objectIsCopied() {
        byte[] bytes = Bytes.of(5_000);
        site.origin().store().put(TestSite.BUCKET, "dir/from here+", bytes, Headers.none());

        s3.copyObject(request -> request.sourceBucket(TestSite.BUCKET)
                .sourceKey("dir/from here+")
                .destinationBucket(TestSite.BUCKET)
                .destinationKey("copy")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("new", "one")));

        assertThat(stored("copy").bytes()).isEqualTo(bytes);
        assertThat(stored("copy").metadata().first("x-cos-meta-new")).hasValue("one");
    }

    @Test
    void tagsAreKept() {
        site.origin().store().put(TestSite.BUCKET, "tagged", Bytes.of(3), Headers.none());

        s3.putObjectTagging(request -> request.bucket(TestSite.BUCKET)
                .key("tagged")
                .tagging(tagging ->
                        tagging.tagSet(Tag.builder().key("a").value("b").build())));

        assertThat(s3.getObjectTagging(
                                request -> request.bucket(TestSite.BUCKET).key("tagged"))
                        .tagSet())
                .containsExactly(Tag.builder().key("a").value("b").build());
    }

    @Test
    void encryptionIsAskedForInCosWords() {
        PutObjectResponse put = s3.putObject(
                request -> request.bucket(TestSite.BUCKET)
                        .key("encrypted")
                        .serverSideEncryption(ServerSideEncryption.AES256),
                RequestBody.fromString("hello world"));

        assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AES256);
        assertThat(site.origin().log().requests())
                .extracting(LoggedRequest::headers)
                .allSatisfy(headers -> assertThat(headers.first("x-cos-server-side-encryption"))
                        .hasValue("AES256"));
    }

    @Test
    void theBucketIsThere() {
        assertThat(s3.headBucket(request -> request.bucket(TestSite.BUCKET))
                        .sdkHttpResponse()
                        .isSuccessful())
                .isTrue();
    }

    private static StoredObject stored(String key) {
        return site.origin().store().find(TestSite.BUCKET, key).orElseThrow();
    }
}
