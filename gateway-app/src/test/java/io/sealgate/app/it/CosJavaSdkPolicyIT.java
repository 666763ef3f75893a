package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.exception.MultiObjectDeleteException;
import com.qcloud.cos.exception.MultiObjectDeleteException.DeleteError;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.UploadPartRequest;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.origin.Headers;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The COS Java SDK as a device with a prefix of its own: what is the device's it may do, and nothing beside it. */
class CosJavaSdkPolicyIT {

    private static final int MIB = 1024 * 1024;

    private static TestSite site;
    private static COSClient cos;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        site = TestSite.in(directory).routes("""
                  - name: devices
                    match: {path: /devices/**}
                    origin: cos
                    operations: [all]
                    policies: [own-prefix]
                    uploads: {max-size: 3MiB}
                  - name: bucket
                    match: {path: /}
                    origin: cos
                    operations: [list, delete]
                    policies: [own-prefix]
                policies:
                  - name: own-prefix
                    statements:
                      - effect: allow
                        action:
                          - name/cos:GetObject
                          - name/cos:PutObject
                          - name/cos:DeleteObject
                          - name/cos:DeleteMultipleObjects
                          - name/cos:InitiateMultipartUpload
                          - name/cos:UploadPart
                          - name/cos:CompleteMultipartUpload
                        resource: '${bucket}/devices/${client.cn}/*'
                """).start();
        cos = CosSdk.withTls(
                site,
                CosSdk.HostMode.BUCKET,
                site.clientContext(site.authority().issue(CertificateSpec.client("device-1"))),
                "TLSv1.3");
    }

    @AfterAll
    static void stop() {
        cos.shutdown();
        site.close();
    }

    @BeforeEach
    void store() {
        for (String key : List.of("devices/device-2/theirs", "devices/device-10/theirs", "devices/device-1/mine")) {
            site.origin().store().put(TestSite.BUCKET, key, key.getBytes(UTF_8), Headers.none());
        }
        site.origin().log().clear();
    }

    private static PutObjectRequest upload(String key, int size) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(size);
        return new PutObjectRequest(TestSite.BUCKET, key, new ByteArrayInputStream(Bytes.of(size)), metadata);
    }

    private static void assertDenied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CosServiceException.class, denied -> {
            assertThat(denied.getStatusCode()).isEqualTo(403);
            assertThat(denied.getErrorCode()).isEqualTo("AccessDenied");
        });
        assertThat(site.origin().log().requests()).isEmpty();
    }

    private static boolean isStored(String key) {
        return site.origin().store().find(TestSite.BUCKET, key).isPresent();
    }

    @Test
    void ownPrefixIsItsOwn() throws Exception {
        cos.putObject(upload("devices/device-1/a/b", 1000));

        assertThat(cos.getObject(TestSite.BUCKET, "devices/device-1/a/b")
                        .getObjectContent()
                        .readAllBytes())
                .isEqualTo(Bytes.of(1000));
        cos.copyObject(TestSite.BUCKET, "devices/device-1/a/b", TestSite.BUCKET, "devices/device-1/c");
        cos.deleteObject(TestSite.BUCKET, "devices/device-1/a/b");
        assertThat(isStored("devices/device-1/c")).isTrue();
        assertThat(isStored("devices/device-1/a/b")).isFalse();
    }

    @Test
    void anothersPrefixIsNot() {
        assertDenied(() -> cos.getObject(TestSite.BUCKET, "devices/device-2/theirs"));
        assertDenied(() -> cos.putObject(upload("devices/device-2/theirs", 10)));
        assertDenied(() -> cos.deleteObject(TestSite.BUCKET, "devices/device-2/theirs"));
    }

    @Test
    void norIsOneThatOnlyBeginsAlike() {
        assertDenied(() -> cos.getObject(TestSite.BUCKET, "devices/device-10/theirs"));
        assertDenied(() -> cos.putObject(upload("devices/device-1x", 10)));
        assertDenied(() -> cos.putObject(upload("devices/device-1", 10)));
    }

    @Test
    void anothersObjectIsNotReadByCopyingIt() {
        assertDenied(() -> cos.copyObject(new CopyObjectRequest(
                TestSite.BUCKET, "devices/device-2/theirs", TestSite.BUCKET, "devices/device-1/stolen")));
        assertThat(isStored("devices/device-1/stolen")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofABatchOnlyWhatIsItsOwnIsDeleted(boolean isQuiet) {
        DeleteObjectsRequest batch = new DeleteObjectsRequest(TestSite.BUCKET)
                .withKeys("devices/device-1/mine", "devices/device-2/theirs")
                .withQuiet(isQuiet);

        assertThatThrownBy(() -> cos.deleteObjects(batch))
                .isInstanceOfSatisfying(MultiObjectDeleteException.class, partly -> {
                    assertThat(partly.getErrors())
                            .extracting(DeleteError::getKey, DeleteError::getCode)
                            .containsExactly(tuple("devices/device-2/theirs", "AccessDenied"));
                    assertThat(partly.getDeletedObjects()).hasSize(isQuiet ? 0 : 1);
                });

        assertThat(isStored("devices/device-1/mine")).isFalse();
        assertThat(isStored("devices/device-2/theirs")).isTrue();
    }

    @Test
    void ofABatchOfAnothersKeysNothingIsDeletedNorAskedFor() {
        DeleteObjectsRequest batch = new DeleteObjectsRequest(TestSite.BUCKET)
                .withKeys("devices/device-2/theirs", "devices/device-10/theirs");

        assertThatThrownBy(() -> cos.deleteObjects(batch))
                .isInstanceOfSatisfying(MultiObjectDeleteException.class, all -> assertThat(all.getErrors())
                        .extracting(DeleteError::getCode)
                        .containsExactly("AccessDenied", "AccessDenied"));

        assertThat(site.origin().log().requests()).isEmpty();
        assertThat(isStored("devices/device-2/theirs")).isTrue();
        assertThat(isStored("devices/device-10/theirs")).isTrue();
    }

    @Test
    void nothingIsMadePublic() {
        assertDenied(
                () -> cos.setObjectAcl(TestSite.BUCKET, "devices/device-1/mine", CannedAccessControlList.PublicRead));
        assertDenied(() ->
                cos.putObject(upload("devices/device-1/public", 10).withCannedAcl(CannedAccessControlList.PublicRead)));
        ObjectMetadata granting = new ObjectMetadata();
        granting.setContentLength(1);
        granting.setHeader("x-cos-grant-read", "id=\"100000000001\"");
        assertDenied(() -> cos.putObject(
                TestSite.BUCKET, "devices/device-1/granted", new ByteArrayInputStream(new byte[1]), granting));
    }

    @Test
    void anUploadInPartsIsRefusedAtThePartThatCrossesTheLimit() {
        String key = "devices/device-1/parts";
        String id = cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(TestSite.BUCKET, key))
                .getUploadId();
        List<PartETag> parts = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            parts.add(cos.uploadPart(part(key, id, number, MIB)).getPartETag());
        }
        site.origin().log().clear();

        assertThatThrownBy(() -> cos.uploadPart(part(key, id, 4, 1)))
                .isInstanceOfSatisfying(CosServiceException.class, refused -> assertThat(refused.getErrorCode())
                        .isEqualTo("EntityTooLarge"));

        assertThat(site.origin().log().requests()).isEmpty();
        parts.set(2, cos.uploadPart(part(key, id, 3, MIB)).getPartETag()); // in place of itself
        cos.completeMultipartUpload(new CompleteMultipartUploadRequest(TestSite.BUCKET, key, id, parts));
        assertThat(site.origin()
                        .store()
                        .find(TestSite.BUCKET, key)
                        .orElseThrow()
                        .bytes())
                .hasSize(3 * MIB);
    }

    private static UploadPartRequest part(String key, String id, int number, int size) {
        return new UploadPartRequest()
                .withBucketName(TestSite.BUCKET)
                .withKey(key)
                .withUploadId(id)
                .withPartNumber(number)
                .withPartSize(size)
                .withInputStream(new ByteArrayInputStream(Bytes.of(size)));
    }

    @Test
    void anObjectOverTheLimitIsRefused() {
        assertThatThrownBy(() -> cos.putObject(upload("devices/device-1/large", 3 * MIB + 1)))
                .isInstanceOfSatisfying(CosServiceException.class, refused -> assertThat(refused.getErrorCode())
                        .isEqualTo("EntityTooLarge"));
        assertThat(isStored("devices/device-1/large")).isFalse();
    }
}
