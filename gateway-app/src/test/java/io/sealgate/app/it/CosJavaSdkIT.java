package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.endpoint.RegionEndpointBuilder;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.COSObjectSummary;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.DeleteObjectTaggingRequest;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.GetObjectTaggingRequest;
import com.qcloud.cos.model.GroupGrantee;
import com.qcloud.cos.model.ListObjectsRequest;
import com.qcloud.cos.model.ObjectListing;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.ObjectTagging;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.PutObjectResult;
import com.qcloud.cos.model.SetObjectTaggingRequest;
import com.qcloud.cos.model.Tag.Tag;
import com.qcloud.cos.region.Region;
import io.sealgate.origin.Headers;
import io.sealgate.origin.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

/** The COS Java SDK does through the gateway what it does with COS, whichever Host it sends and whatever key it signs with. */
@ParameterizedClass
@EnumSource(CosSdk.HostMode.class)
class CosJavaSdkIT {

    private static TestSite site;
    private static TlsForwarder forwarder;

    @Parameter
    private CosSdk.HostMode mode;

    private COSClient cos;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        site = TestSite.in(directory).strictSigning().start();
        forwarder = TlsForwarder.to(site);
    }

    @AfterAll
    static void stop() throws IOException {
        forwarder.close();
        site.close();
    }

    @BeforeEach
    void connect() {
        cos = CosSdk.through(forwarder, mode, CosSdk.UNKNOWN);
    }

    @AfterEach
    void disconnect() {
        cos.shutdown();
    }

    @Test
    void fileIsStoredWithItsBytesAndMetadata(@TempDir Path directory) throws Exception {
        byte[] bytes = Bytes.of(300_000);
        Path file = Files.write(directory.resolve("photo.jpg"), bytes);

        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("image/jpeg");
        PutObjectRequest request = new PutObjectRequest(TestSite.BUCKET, "photos/photo.jpg", file.toFile());

        PutObjectResult result = cos.putObject(request.withMetadata(metadata));

        StoredObject stored = stored("photos/photo.jpg");
        assertThat(stored.bytes()).isEqualTo(bytes);
        assertThat(stored.metadata().first("Content-Type")).hasValue("image/jpeg");
        assertThat(result.getETag()).isEqualTo(stored.md5());
        assertThat(result.getCrc64Ecma()).isEqualTo(stored.crc64Text());
    }

    @Test
    void streamOfKnownLengthIsStoredWithItsMetadata() {
        byte[] bytes = Bytes.of(200_001);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        metadata.setContentType("application/x-telemetry");
        metadata.setCacheControl("max-age=60");
        metadata.setContentDisposition("attachment; filename=\"t.bin\"");
        metadata.addUserMetadata("device", "meter-7");

        cos.putObject(TestSite.BUCKET, "stream/known", new ByteArrayInputStream(bytes), metadata);

        assertThat(stored("stream/known").bytes()).isEqualTo(bytes);
        Headers kept = stored("stream/known").metadata();
        assertThat(kept.first("Content-Type")).hasValue("application/x-telemetry");
        assertThat(kept.first("Cache-Control")).hasValue("max-age=60");
        assertThat(kept.first("Content-Disposition")).hasValue("attachment; filename=\"t.bin\"");
        assertThat(kept.first("x-cos-meta-device")).hasValue("meter-7");
    }

    @Test
    void wrongDigestIsABadDigestAfterOneRequest() throws Exception {
        byte[] bytes = Bytes.of(2_000_000);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        metadata.setContentMD5("AAAAAAAAAAAAAAAAAAAAAA==");
        double before = refused();

        assertThatThrownBy(() -> cos.putObject(TestSite.BUCKET, "spoilt", new ByteArrayInputStream(bytes), metadata))
                .isInstanceOfSatisfying(CosServiceException.class, refusal -> {
                    assertThat(refusal.getErrorCode()).isEqualTo("BadDigest");
                    assertThat(refusal.getStatusCode()).isEqualTo(400);
                });

        assertThat(site.origin().store().find(TestSite.BUCKET, "spoilt")).isEmpty();
        Await.until("refusals", this::refused, now -> now > before);
        assertThat(refused()).isEqualTo(before + 1);
    }

    private double refused() throws Exception {
        return site.metrics()
                .lines()
                .filter(line ->
                        line.startsWith("sealgate_exchanges_seconds_count{") && line.contains("source=\"integrity\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void streamOfUnknownLengthIsStoredWhole() {
        byte[] bytes = Bytes.of(2_000_000);

        cos.putObject(TestSite.BUCKET, "stream/unknown", new ByteArrayInputStream(bytes), new ObjectMetadata());

        assertThat(stored("stream/unknown").bytes()).isEqualTo(bytes);
    }

    @Test
    void downloadIsWhatIsStored() throws Exception {
        byte[] bytes = Bytes.of(1_000_003);
        Headers metadata = Headers.none()
                .and("Content-Type", "text/x-log")
                .and("x-cos-meta-device", "meter-7")
                .and("Cache-Control", "no-store");
        StoredObject stored = site.origin().store().put(TestSite.BUCKET, "download", bytes, metadata);

        try (COSObject object = cos.getObject(TestSite.BUCKET, "download")) {
            assertThat(object.getObjectContent().readAllBytes()).isEqualTo(bytes);
            assertSame(object.getObjectMetadata(), stored);
        }
    }

    @Test
    void headTellsWhatIsStored() {
        Headers metadata = Headers.none()
                .and("Content-Type", "text/x-log")
                .and("x-cos-meta-device", "meter-8")
                .and("Cache-Control", "no-store");
        StoredObject stored = site.origin().store().put(TestSite.BUCKET, "head", Bytes.of(70_000), metadata);

        ObjectMetadata seen = cos.getObjectMetadata(TestSite.BUCKET, "head");

        assertSame(seen, stored);
    }

    @Test
    void rangeIsJustThatPart() throws Exception {
        byte[] bytes = Bytes.of(100_000);
        put("range", bytes);

        GetObjectRequest request = new GetObjectRequest(TestSite.BUCKET, "range").withRange(1_000, 65_999);
        try (COSObject object = cos.getObject(request)) {
            assertThat(object.getObjectContent().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 1_000, 66_000));
            assertThat(object.getObjectMetadata().getInstanceLength()).isEqualTo(bytes.length);
        }
    }

    @Test
    void unchangedObjectIsNotSentAgain() {
        String etag = put("conditional", Bytes.of(10)).md5();
        GetObjectRequest request =
                new GetObjectRequest(TestSite.BUCKET, "conditional").withNonmatchingETagConstraint(etag);

        assertThatThrownBy(() -> cos.getObject(request))
                .isInstanceOfSatisfying(CosServiceException.class, answer -> assertThat(answer.getStatusCode())
                        .isEqualTo(304));
    }

    @Test
    void preconditionThatFailsIsReported() {
        put("conditional", Bytes.of(10));
        GetObjectRequest request = new GetObjectRequest(TestSite.BUCKET, "conditional")
                .withMatchingETagConstraint("00000000000000000000000000000000");

        assertThatThrownBy(() -> cos.getObject(request))
                .isInstanceOfSatisfying(CosServiceException.class, answer -> assertThat(answer.getStatusCode())
                        .isEqualTo(412));
    }

    @Test
    void preconditionThatHoldsIsNoObstacle() throws Exception {
        byte[] bytes = Bytes.of(10);
        String etag = put("conditional", bytes).md5();

        GetObjectRequest request =
                new GetObjectRequest(TestSite.BUCKET, "conditional").withMatchingETagConstraint(etag);
        try (COSObject object = cos.getObject(request)) {
            assertThat(object.getObjectContent().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void missingObjectIsTheOriginsOwnError() {
        assertThatThrownBy(() -> cos.getObject(TestSite.BUCKET, "nowhere"))
                .isInstanceOfSatisfying(CosServiceException.class, answer -> {
                    assertThat(answer.getStatusCode()).isEqualTo(404);
                    assertThat(answer.getErrorCode()).isEqualTo("NoSuchKey");
                    assertThat(answer.getRequestId()).isNotEmpty();
                });
    }

    @Test
    void listingHasPrefixDelimiterAndMarker() {
        List.of("list/a 1", "list/b+2", "list/c/x", "list/c/y", "list/d中").forEach(key -> put(key, Bytes.of(3)));
        ListObjectsRequest request = new ListObjectsRequest(TestSite.BUCKET, "list/", null, "/", 2);

        ObjectListing first = cos.listObjects(request);
        ObjectListing second = cos.listNextBatchOfObjects(first);

        assertThat(keys(first)).containsExactly("list/a 1", "list/b+2");
        assertThat(first.isTruncated()).isTrue();
        assertThat(second.getCommonPrefixes()).containsExactly("list/c/");
        assertThat(keys(second)).containsExactly("list/d中");
        assertThat(second.isTruncated()).isFalse();
    }

    @Test
    void batchDeleteRemovesTheNamedKeysOnly() {
        List.of("batch/a b", "batch/c&d", "batch/中", "batch/kept").forEach(key -> put(key, Bytes.of(3)));
        DeleteObjectsRequest request =
                new DeleteObjectsRequest(TestSite.BUCKET).withKeys("batch/a b", "batch/c&d", "batch/中");

        assertThat(cos.deleteObjects(request).getDeletedObjects()).hasSize(3);

        assertThat(site.origin().store().keys(TestSite.BUCKET))
                .filteredOn(key -> key.startsWith("batch/"))
                .containsExactly("batch/kept");
    }

    @Test
    void deletedObjectIsGone() {
        put("deleted", Bytes.of(3));

        cos.deleteObject(TestSite.BUCKET, "deleted");

        assertThat(cos.doesObjectExist(TestSite.BUCKET, "deleted")).isFalse();
        assertThat(site.origin().store().find(TestSite.BUCKET, "deleted")).isEmpty();
    }

    @Test
    void copyHasTheBytesOfItsSource() {
        byte[] bytes = Bytes.of(50_000);
        put("copy/源 1+1", bytes);
        CopyObjectRequest request =
                new CopyObjectRequest(TestSite.BUCKET, "copy/源 1+1", TestSite.BUCKET, "copy/target");
        // the source must name the bucket, which the gateway's own host does not
        request.setSourceEndpointBuilder(new RegionEndpointBuilder(new Region(TestSite.REGION)));

        String etag = cos.copyObject(request).getETag();

        assertThat(stored("copy/target").bytes()).isEqualTo(bytes);
        assertThat(etag).isEqualTo(stored("copy/target").md5());
    }

    @Test
    void appendsFollowOneAnother() {
        byte[] bytes = Bytes.of(100_000);
        String key = "append/" + mode;

        long next = append(key, 0, Arrays.copyOfRange(bytes, 0, 60_000));
        long end = append(key, next, Arrays.copyOfRange(bytes, 60_000, 100_000));

        assertThat(end).isEqualTo(100_000);
        assertThat(stored(key).bytes()).isEqualTo(bytes);
    }

    @Test
    void tagsAreSetReadAndRemoved() {
        put("tagged", Bytes.of(3));
        List<Tag> tags = List.of(new Tag("fleet", "eu 1"), new Tag("kind", "meter"));

        cos.setObjectTagging(new SetObjectTaggingRequest(TestSite.BUCKET, "tagged", new ObjectTagging(tags)));
        assertThat(stored("tagged").tags()).containsEntry("fleet", "eu 1").containsEntry("kind", "meter");
        assertThat(cos.getObjectTagging(new GetObjectTaggingRequest(TestSite.BUCKET, "tagged"))
                        .getTagSet())
                .containsExactlyInAnyOrderElementsOf(tags);

        cos.deleteObjectTagging(new DeleteObjectTaggingRequest(TestSite.BUCKET, "tagged"));
        assertThat(stored("tagged").tags()).isEmpty();
    }

    @Test
    void aclIsSetAndRead() {
        put("acl", Bytes.of(3));

        cos.setObjectAcl(TestSite.BUCKET, "acl", CannedAccessControlList.PublicRead);

        assertThat(stored("acl").acl()).isEqualTo("public-read");
        assertThat(cos.getObjectAcl(TestSite.BUCKET, "acl").getGrantsAsList())
                .anyMatch(grant -> grant.getGrantee().equals(GroupGrantee.AllUsers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a//b",
                "trailing/",
                "d e+f%2F~'()!&=+@:,;$",
                "q?x=1#frag",
                "back\\slash\"quote<x>[y]{z}|^`",
                "telemetry/设备-7/温度.csv",
                "emoji/😀",
                "*~-_.",
                "%41%zz"
            })
    void strangeKeysNameTheSameObjectOnBothSides(String key) throws Exception {
        byte[] bytes = key.getBytes(UTF_8);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);

        cos.putObject(TestSite.BUCKET, key, new ByteArrayInputStream(bytes), metadata);

        assertThat(stored(key).bytes()).isEqualTo(bytes);
        try (COSObject object = cos.getObject(TestSite.BUCKET, key)) {
            assertThat(object.getObjectContent().readAllBytes()).isEqualTo(bytes);
        }
        assertThat(keys(cos.listObjects(TestSite.BUCKET, key))).containsExactly(key);
        cos.deleteObject(TestSite.BUCKET, key);
        assertThat(site.origin().store().find(TestSite.BUCKET, key)).isEmpty();
    }

    private long append(String key, long position, byte[] bytes) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        AppendObjectRequest request =
                new AppendObjectRequest(TestSite.BUCKET, key, new ByteArrayInputStream(bytes), metadata);
        return cos.appendObject(request.withPosition(position)).getNextAppendPosition();
    }

    private static StoredObject put(String key, byte[] bytes) {
        return site.origin().store().put(TestSite.BUCKET, key, bytes, Headers.none());
    }

    private static StoredObject stored(String key) {
        return site.origin().store().find(TestSite.BUCKET, key).orElseThrow();
    }

    private static List<String> keys(ObjectListing listing) {
        return listing.getObjectSummaries().stream()
                .map(COSObjectSummary::getKey)
                .toList();
    }

    private static void assertSame(ObjectMetadata seen, StoredObject stored) {
        assertThat(seen.getContentLength()).isEqualTo(stored.size());
        assertThat(seen.getETag()).isEqualTo(stored.md5());
        assertThat(seen.getCrc64Ecma()).isEqualTo(stored.crc64Text());
        assertThat(seen.getContentType())
                .isEqualTo(stored.metadata().first("Content-Type").orElseThrow());
        assertThat(seen.getCacheControl())
                .isEqualTo(stored.metadata().first("Cache-Control").orElseThrow());
        assertThat(seen.getUserMetaDataOf("device"))
                .isEqualTo(stored.metadata().first("x-cos-meta-device").orElseThrow());
    }
}
