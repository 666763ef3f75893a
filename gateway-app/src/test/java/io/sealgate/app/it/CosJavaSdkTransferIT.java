package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosClientException;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.transfer.TransferManager;
import com.qcloud.cos.transfer.TransferManagerConfiguration;
import io.sealgate.origin.Fault;
import io.sealgate.origin.Headers;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import io.sealgate.origin.StoredObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK's transfer manager: large objects in several requests at a time, and downloads that go on where they broke. */
class CosJavaSdkTransferIT {

    private static final int MIB = 1024 * 1024;
    private static final byte[] SIX_MIB = Bytes.of(6 * MIB);

    @TempDir
    private Path directory;

    private TestSite site;
    private TlsForwarder forwarder;
    private TransferManager transfers;

    @BeforeEach
    void start(@TempDir Path siteDirectory) throws Exception {
        site = TestSite.in(siteDirectory).strictSigning().start();
        forwarder = TlsForwarder.to(site);
        COSClient cos = CosSdk.through(forwarder, CosSdk.HostMode.BUCKET, CosSdk.UNKNOWN);
        transfers = new TransferManager(cos, Executors.newFixedThreadPool(4));
        TransferManagerConfiguration parts = new TransferManagerConfiguration();
        parts.setMultipartUploadThreshold(5 * MIB);
        parts.setMinimumUploadPartSize(MIB);
        transfers.setConfiguration(parts);
    }

    @AfterEach
    void stop() throws IOException {
        transfers.shutdownNow(true);
        forwarder.close();
        site.close();
    }

    @Test
    void largeFileArrivesInPartsAsOneObject() throws Exception {
        File file = Files.write(directory.resolve("large"), SIX_MIB).toFile();

        transfers.upload(TestSite.BUCKET, "large", file).waitForUploadResult();

        StoredObject stored =
                site.origin().store().find(TestSite.BUCKET, "large").orElseThrow();
        assertThat(stored.origin()).isEqualTo(StoredObject.Origin.MULTIPART);
        assertThat(stored.bytes()).isEqualTo(SIX_MIB);
        long parts = site.origin().log().requests().stream()
                .filter(request -> request.method().equals("PUT"))
                .count();
        assertThat(verified("upload")).as("every part, and the whole").isEqualTo(parts + 1);
    }

    private long verified(String direction) throws Exception {
        return site.metrics()
                .lines()
                .filter(line -> line.startsWith("sealgate_integrity_checks_total{"))
                .filter(line -> line.contains("algorithm=\"crc64\"")
                        && line.contains("direction=\"" + direction + '"')
                        && line.contains("outcome=\"matched\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void resumableDownloadPassesTheSdksOwnCheck() throws Exception {
        store();
        File file = directory.resolve("file").toFile();

        download(file, directory.resolve("progress").toFile());

        assertThat(file).hasBinaryContent(SIX_MIB);
        assertThat(site.origin().log().requests())
                .filteredOn(request -> request.method().equals("GET"))
                .allMatch(request -> !range(request).equals("none"));
    }

    @Test
    void resumableDownloadOfSpoiltBytesFailsInTheSdk() throws Exception {
        store();
        site.origin()
                .faults()
                .next(RequestMatcher.method("GET"), new Fault.FlipByte(MIB / 2)); // of a range: the gateway cannot tell
        assertThatThrownBy(() -> download(
                        directory.resolve("file").toFile(),
                        directory.resolve("progress").toFile()))
                .isInstanceOf(CosClientException.class);
    }

    @Test
    void largeDownloadIsTheSameBytes() throws Exception {
        store();
        File file = directory.resolve("file").toFile();

        transfers.download(TestSite.BUCKET, "large", file).waitForCompletion();

        assertThat(file).hasBinaryContent(SIX_MIB);
    }

    @Test
    void brokenDownloadGoesOnWithWhatIsMissing() throws Exception {
        store();
        File file = directory.resolve("file").toFile();
        File progress = directory.resolve("progress").toFile();
        RequestMatcher lastPart = head -> head.method().equals("GET")
                && head.headers().first("Range").orElse("").startsWith("bytes=" + 5 * MIB + "-");
        site.origin()
                .faults()
                .always(lastPart, new Fault.Truncate(0)); // and whenever the gateway asks for the rest of it
        assertThatThrownBy(() -> download(file, progress)).isInstanceOf(CosClientException.class);
        site.origin().faults().clear();
        site.origin().log().clear();

        download(file, progress);

        assertThat(file).hasBinaryContent(SIX_MIB);
        assertThat(site.origin().log().requests())
                .filteredOn(request -> request.method().equals("GET"))
                .extracting(CosJavaSdkTransferIT::range)
                .containsExactly("bytes=" + 5 * MIB + "-" + (6 * MIB - 1));
    }

    private void download(File file, File progress) throws InterruptedException {
        GetObjectRequest request = new GetObjectRequest(TestSite.BUCKET, "large");
        transfers.download(request, file, true, progress.getPath(), MIB, MIB).waitForCompletion();
    }

    private static String range(LoggedRequest request) {
        return request.headers().first("Range").orElse("none");
    }

    private void store() {
        site.origin().store().put(TestSite.BUCKET, "large", SIX_MIB, Headers.none());
    }
}
