package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectResult;
import com.qcloud.cos.transfer.TransferManager;
import com.qcloud.cos.transfer.TransferManagerConfiguration;
import io.sealgate.origin.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The COS Java SDK need not know that its objects get other keys. */
class CosJavaSdkKeysIT {

    private static final int MIB = 1024 * 1024;

    @TempDir
    private Path directory;

    private TestSite site;
    private TlsForwarder forwarder;
    private COSClient cos;

    @BeforeEach
    void start(@TempDir Path siteDirectory) throws Exception {
        site = TestSite.in(siteDirectory).strictSigning().routes("""
                  - name: inbox
                    match: {hosts: [localhost]}
                    origin: cos
                    operations: [all]
                    keys: {template: 'stored/${client.cn}/${ulid}'}
                """).start();
        forwarder = TlsForwarder.to(site);
        cos = CosSdk.through(forwarder, CosSdk.HostMode.BUCKET, CosSdk.UNKNOWN);
    }

    @AfterEach
    void stop() throws IOException {
        cos.shutdown();
        forwarder.close();
        site.close();
    }

    @Test
    void twoObjectsOfOneNameAreBothKept() {
        PutObjectResult first = put(Bytes.of(3000));
        PutObjectResult second = put(Bytes.of(4000));

        assertThat(keys())
                .containsExactlyInAnyOrder((String) first.getMetadata().getRawMetadataValue("x-sealgate-key"), (String)
                        second.getMetadata().getRawMetadataValue("x-sealgate-key"));
        assertThat(stored()).extracting(StoredObject::md5).containsExactlyInAnyOrder(first.getETag(), second.getETag());
    }

    @Test
    void largeFileArrivesInPartsAsOneObject() throws Exception {
        byte[] bytes = Bytes.of(6 * MIB);
        File file = Files.write(directory.resolve("large"), bytes).toFile();
        TransferManager transfers = new TransferManager(cos, Executors.newFixedThreadPool(4));
        TransferManagerConfiguration parts = new TransferManagerConfiguration();
        parts.setMultipartUploadThreshold(5 * MIB);
        parts.setMinimumUploadPartSize(MIB);
        transfers.setConfiguration(parts);

        String key = transfers
                .upload(TestSite.BUCKET, "large", file)
                .waitForUploadResult()
                .getKey();

        transfers.shutdownNow(false);
        assertThat(stored()).hasSize(1);
        assertThat(stored().get(0).origin()).isEqualTo(StoredObject.Origin.MULTIPART);
        assertThat(stored().get(0).bytes()).isEqualTo(bytes);
        assertThat(key).as("what the SDK tells its caller").isEqualTo("large");
    }

    private PutObjectResult put(byte[] bytes) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        return cos.putObject(TestSite.BUCKET, "same", new ByteArrayInputStream(bytes), metadata);
    }

    private List<StoredObject> stored() {
        return keys().stream()
                .map(key -> site.origin().store().find(TestSite.BUCKET, key).orElseThrow())
                .toList();
    }

    /** All of which the gateway has chosen. */
    private List<String> keys() {
        List<String> keys = List.copyOf(site.origin().store().keys(TestSite.BUCKET));
        assertThat(keys).allMatch(key -> key.matches("stored/device-1/[0-9A-Z]{36}"));
        return keys;
    }
}
