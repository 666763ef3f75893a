package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.http.HttpMethodName;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.COSObjectSummary;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.ListObjectsRequest;
import com.qcloud.cos.model.ObjectMetadata;
import io.sealgate.origin.LoggedRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
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

/** In {@code forward} mode the gateway has no key: what the SDK signed is what the origin verifies. */
@ParameterizedClass
@EnumSource(CosSdk.HostMode.class)
class CosJavaSdkForwardIT {

    private static TestSite site;
    private static TlsForwarder forwarder;

    @Parameter
    private CosSdk.HostMode mode;

    private COSClient cos;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        site = TestSite.in(directory).auth("forward").strictSigning().start();
        forwarder = TlsForwarder.to(site);
    }

    @AfterAll
    static void stop() throws IOException {
        forwarder.close();
        site.close();
    }

    @BeforeEach
    void connect() {
        site.origin().log().clear();
        cos = CosSdk.through(forwarder, mode, CosSdk.ACCEPTED);
    }

    @AfterEach
    void disconnect() {
        cos.shutdown();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "a//b", "d e+f%2F~'()!&=+@:,;$", "back\\slash\"<x>[y]{z}|^`", "设备/温度 1+1.csv", "*~-_.?#"
            })
    void signatureOfTheSdkHoldsAtTheOrigin(String key) throws Exception {
        byte[] bytes = key.getBytes(UTF_8);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        metadata.addUserMetadata("device", "meter-7");

        cos.putObject(TestSite.BUCKET, key, new ByteArrayInputStream(bytes), metadata);

        assertThat(site.origin()
                        .store()
                        .find(TestSite.BUCKET, key)
                        .orElseThrow()
                        .bytes())
                .isEqualTo(bytes);
        try (COSObject object = cos.getObject(new GetObjectRequest(TestSite.BUCKET, key).withRange(1, 2))) {
            assertThat(object.getObjectContent().readAllBytes()).containsExactly(bytes[1], bytes[2]);
        }
        assertThat(cos.listObjects(new ListObjectsRequest(TestSite.BUCKET, key, null, null, 2))
                        .getObjectSummaries())
                .extracting(COSObjectSummary::getKey)
                .containsExactly(key);
        cos.deleteObject(TestSite.BUCKET, key);
        assertThat(site.origin().store().find(TestSite.BUCKET, key)).isEmpty();
    }

    @Test
    void originSeesTheHostThatTheSdkSigned() {
        cos.doesObjectExist(TestSite.BUCKET, "nothing");

        LoggedRequest seen = site.origin().log().requests().get(0);
        String expected = mode == CosSdk.HostMode.BUCKET ? TestSite.BUCKET_HOST : forwarder.endpoint();
        assertThat(seen.headers().all("Host")).containsExactly(expected);
    }

    @Test
    void streamOfUnknownLengthIsStoredWhole() {
        byte[] bytes = Bytes.of(300_000);

        cos.putObject(TestSite.BUCKET, "unknown", new ByteArrayInputStream(bytes), new ObjectMetadata());

        assertThat(site.origin()
                        .store()
                        .find(TestSite.BUCKET, "unknown")
                        .orElseThrow()
                        .bytes())
                .isEqualTo(bytes);
    }

    @Test
    void wrongSignatureIsTheOriginsRefusal() {
        COSClient stranger = CosSdk.through(forwarder, mode, new BasicCOSCredentials(TestSite.SECRET_ID, "wrong"));

        assertThatThrownBy(() -> stranger.deleteObject(TestSite.BUCKET, "x"))
                .isInstanceOfSatisfying(CosServiceException.class, answer -> assertThat(answer.getErrorCode())
                        .isEqualTo("SignatureDoesNotMatch"));
        stranger.shutdown();
    }

    @Test
    void presignedUrlsOfTheGatewayHoldAtTheOrigin() throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(site.clientContext(site.device()))
                .build();
        String key = "presigned/d e+f%2F~'()!&=+@:,;$/设备";
        COSClient signer = CosSdk.direct(site, CosSdk.HostMode.GATEWAY, CosSdk.ACCEPTED);
        Date tomorrow = Date.from(Instant.now().plus(Duration.ofDays(1)));
        URI put = URI.create(signer.generatePresignedUrl(TestSite.BUCKET, key, tomorrow, HttpMethodName.PUT)
                .toString());
        URI get = URI.create(signer.generatePresignedUrl(TestSite.BUCKET, key, tomorrow, HttpMethodName.GET)
                .toString());

        HttpResponse<byte[]> stored = http.send(
                HttpRequest.newBuilder(put)
                        .PUT(BodyPublishers.ofString("by link"))
                        .build(),
                BodyHandlers.ofByteArray());
        HttpResponse<byte[]> read = http.send(HttpRequest.newBuilder(get).build(), BodyHandlers.ofByteArray());

        assertThat(stored.statusCode()).isEqualTo(200);
        assertThat(read.body()).asString(UTF_8).isEqualTo("by link");
        signer.shutdown();
    }
}
