package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosClientException;
import com.qcloud.cos.http.HttpMethodName;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.ObjectMetadata;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK with TLS of its own, and its presigned URLs in the hands of another client. */
class CosJavaSdkTlsIT {

    private static TestSite site;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        site = TestSite.in(directory).start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @CsvSource({"BUCKET, TLSv1.2", "BUCKET, TLSv1.3", "GATEWAY, TLSv1.2", "GATEWAY, TLSv1.3"})
    void objectsPassThroughTheSdksOwnTls(CosSdk.HostMode mode, String protocol) throws Exception {
        byte[] bytes = Bytes.of(1_500_000);
        String key = "own-tls/" + mode + protocol;
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        COSClient cos = CosSdk.withTls(site, mode, site.clientContext(site.device()), protocol);

        cos.putObject(TestSite.BUCKET, key, new ByteArrayInputStream(bytes), metadata);

        assertThat(site.origin()
                        .store()
                        .find(TestSite.BUCKET, key)
                        .orElseThrow()
                        .bytes())
                .isEqualTo(bytes);
        try (COSObject object = cos.getObject(TestSite.BUCKET, key)) {
            assertThat(object.getObjectContent().readAllBytes()).isEqualTo(bytes);
        }
        cos.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sdkWithoutCertificateIsNotServed(String protocol) throws Exception {
        COSClient cos = CosSdk.withTls(site, CosSdk.HostMode.BUCKET, site.clientContext(null), protocol);
        long before = site.origin().log().requestsSeen();

        assertThatThrownBy(() -> cos.getObjectMetadata(TestSite.BUCKET, "x")).isInstanceOf(CosClientException.class);

        assertThat(site.origin().log().requestsSeen()).isEqualTo(before);
        cos.shutdown();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void presignedUrlsWorkForAnyClientWithACertificate(HttpClient.Version version) throws Exception {
        COSClient signer = CosSdk.direct(site, CosSdk.HostMode.GATEWAY, CosSdk.UNKNOWN);
        Date soon = Date.from(Instant.now().plusSeconds(600));
        String key = "presigned/a b+c/设备";
        HttpClient http = HttpClient.newBuilder()
                .sslContext(site.clientContext(site.device()))
                .version(version)
                .build();

        HttpResponse<byte[]> put = http.send(
                HttpRequest.newBuilder(link(signer, key, soon, HttpMethodName.PUT))
                        .PUT(BodyPublishers.ofByteArray(Bytes.of(70_000)))
                        .build(),
                BodyHandlers.ofByteArray());
        HttpResponse<byte[]> get = http.send(
                HttpRequest.newBuilder(link(signer, key, soon, HttpMethodName.GET))
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.version()).isEqualTo(version);
        assertThat(get.body()).isEqualTo(Bytes.of(70_000));
        signer.shutdown();
    }

    private static URI link(COSClient signer, String key, Date expires, HttpMethodName method) {
        return URI.create(signer.generatePresignedUrl(TestSite.BUCKET, key, expires, method)
                .toString());
    }
}
