package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.ClientConfig;
import com.qcloud.cos.auth.BasicSessionCredentials;
import com.qcloud.cos.endpoint.EndpointResolver;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.http.HttpProtocol;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ListObjectsRequest;
import com.qcloud.cos.model.ListPartsRequest;
import com.qcloud.cos.model.ObjectListing;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.SSECOSKeyManagementParams;
import com.qcloud.cos.model.UploadPartRequest;
import com.qcloud.cos.region.Region;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COS's own Java SDK, with signatures checked: what it takes for COS, other clients will too. */
class CosSdkIT {
    private static final String BUCKET = OriginFixture.BUCKET;
    private static final String ODD_KEY = "dir/a b+c%2F\u817e/&=~'(*).txt";

    @TempDir
    Path directory;

    private CosOrigin origin;
    private COSClient client;

    @BeforeEach
    void start() throws IOException {
        SecretKeys keys = SecretKeys.none().and("AKIDexample", "secret", "token");
        origin = CosOrigin.start(OriginOptions.builder()
                .directory(directory)
                .keys(keys)
                .requireBucketHost(true)
                .build());
        client = client("secret");
    }

    @AfterEach
    void stop() {
        client.shutdown();
        origin.close();
    }

    private COSClient client(String secret) {
        ClientConfig config = new ClientConfig(new Region("ap-guangzhou"));
        config.setHttpProtocol(HttpProtocol.http);
        config.setMaxErrorRetry(0);
        String here = "127.0.0.1:" + origin.port();
        config.setEndpointResolver(new EndpointResolver() {
            @Override
            public String resolveGeneralApiEndpoint(String host) {
                return here;
            }

            @Override
            public String resolveGetServiceApiEndpoint(String host) {
                return here;
            }
        });
        return new COSClient(new BasicSessionCredentials("AKIDexample", secret, "token"), config);
    }

    private String read(GetObjectRequest request) throws IOException {
        try (COSObject object = client.getObject(request)) {
            return new String(object.getObjectContent().readAllBytes(), UTF_8);
        }
    }

    @Test
    void putsGetsHeadsAndDeletes() throws IOException {
        client.putObject(BUCKET, ODD_KEY, "hello");

        ObjectMetadata head = client.getObjectMetadata(BUCKET, ODD_KEY);

        assertThat(head.getCrc64Ecma()).isEqualTo("11177612005948864433");
        assertThat(head.getETag()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(read(new GetObjectRequest(BUCKET, ODD_KEY))).isEqualTo("hello");
        assertThat(read(new GetObjectRequest(BUCKET, ODD_KEY).withRange(1, 3))).isEqualTo("ell");
        client.deleteObject(BUCKET, ODD_KEY);
        assertThat(client.doesObjectExist(BUCKET, ODD_KEY)).isFalse();
    }

    @Test
    void uploadsAStreamOfUnknownLengthEncrypted() throws IOException {
        PutObjectRequest put = new PutObjectRequest(
                BUCKET, "s", new ByteArrayInputStream("hello".getBytes(UTF_8)), new ObjectMetadata());
        put.setSSECOSKeyManagementParams(new SSECOSKeyManagementParams("k", null));

        client.putObject(put);

        assertThat(read(new GetObjectRequest(BUCKET, "s"))).isEqualTo("hello");
        assertThat(origin.store().find(BUCKET, "s").orElseThrow().encryption()).isInstanceOf(Encryption.Kms.class);
    }

    @Test
    void uploadsInParts() {
        byte[] first = OriginFixture.noise(1 << 20);
        String id = client.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, "mp"))
                .getUploadId();
        PartETag one = uploadPart(id, 1, first);
        PartETag two = uploadPart(id, 2, new byte[7]);

        var listed = client.listParts(new ListPartsRequest(BUCKET, "mp", id)).getParts();
        var result = client.completeMultipartUpload(
                new CompleteMultipartUploadRequest(BUCKET, "mp", id, new ArrayList<>(List.of(two, one))));

        StoredObject stored = origin.store().find(BUCKET, "mp").orElseThrow();
        assertThat(listed).hasSize(2);
        assertThat(result.getCrc64Ecma()).isEqualTo(stored.crc64Text());
        assertThat(stored.size()).isEqualTo(first.length + 7);
    }

    private PartETag uploadPart(String id, int number, byte[] bytes) {
        UploadPartRequest part = new UploadPartRequest();
        part.setBucketName(BUCKET);
        part.setKey("mp");
        part.setUploadId(id);
        part.setPartNumber(number);
        part.setPartSize(bytes.length);
        part.setInputStream(new ByteArrayInputStream(bytes));
        return client.uploadPart(part).getPartETag();
    }

    @Test
    void copiesAppendsAndLists() throws IOException {
        client.putObject(BUCKET, "dir/\u4e2d a", "hello");
        client.copyObject(BUCKET, "dir/\u4e2d a", BUCKET, "dir/copy");
        AppendObjectRequest append = new AppendObjectRequest(
                BUCKET, "ap", new ByteArrayInputStream("hello".getBytes(UTF_8)), new ObjectMetadata());
        append.setPosition(0L);

        Long next = client.appendObject(append).getNextAppendPosition();
        ObjectListing listing = client.listObjects(new ListObjectsRequest(BUCKET, "dir/", null, "/", 100));

        assertThat(next).isEqualTo(5);
        assertThat(read(new GetObjectRequest(BUCKET, "dir/copy"))).isEqualTo("hello");
        assertThat(listing.getObjectSummaries())
                .extracting(summary -> summary.getKey())
                .containsExactly("dir/copy", "dir/\u4e2d a");
    }

    @Test
    void deletesSeveralAndSetsAcls() {
        client.putObject(BUCKET, "a", "1");
        client.putObject(BUCKET, "b", "2");
        client.setObjectAcl(BUCKET, "a", CannedAccessControlList.PublicRead);
        DeleteObjectsRequest delete = new DeleteObjectsRequest(BUCKET).withKeys("a", "b");

        var acl = client.getObjectAcl(BUCKET, "a");
        var deleted = client.deleteObjects(delete).getDeletedObjects();

        assertThat(acl.getGrantsAsList()).hasSize(2);
        assertThat(deleted).hasSize(2);
        assertThat(origin.store().keys(BUCKET)).isEmpty();
    }

    @Test
    void understandsErrors() {
        assertThatThrownBy(() -> client.getObject(BUCKET, "nope"))
                .isInstanceOfSatisfying(CosServiceException.class, error -> {
                    assertThat(error.getErrorCode()).isEqualTo("NoSuchKey");
                    assertThat(error.getStatusCode()).isEqualTo(404);
                    assertThat(error.getRequestId()).isNotEmpty();
                    assertThat(error.getTraceId()).isNotEmpty();
                });
    }

    @Test
    void aWrongSecretIsRefused() {
        COSClient wrong = client("another");
        try {
            assertThatThrownBy(() -> wrong.putObject(BUCKET, "a", "hello"))
                    .isInstanceOfSatisfying(CosServiceException.class, error -> assertThat(error.getErrorCode())
                            .isEqualTo("SignatureDoesNotMatch"));
            assertThat(origin.store().keys(BUCKET)).isEmpty();
        } finally {
            wrong.shutdown();
        }
    }
}
