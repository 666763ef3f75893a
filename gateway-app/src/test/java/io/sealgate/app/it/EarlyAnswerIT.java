package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.PutObjectRequest;
import io.sealgate.app.it.Device.Call;
import io.sealgate.app.it.Device.Reply;
import io.sealgate.origin.Fault;
import io.sealgate.origin.Fault.EarlyAnswer.Then;
import io.sealgate.origin.RequestMatcher;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A refusal that is known before the upload has ended reaches the client as what it is. Clients send a whole body before they
 * look for an answer; closing on them would turn a clear 403 into a connection reset and three more attempts.
 */
class EarlyAnswerIT {

    /** What a phone's video has; more than any buffer on the way holds. */
    private static final long LARGE = 60L << 20;

    /** Still more than the buffers hold. */
    private static final long MEDIUM = 16L << 20;

    /** A machine that is busy with other things takes longer for so much than the default allows. */
    private static final String DRAIN = "{drain-timeout: 10m}";

    @TempDir
    private static Path files;

    private static File large;
    private static File medium;

    @TempDir
    private Path directory;

    @BeforeAll
    static void makeFiles() throws IOException {
        large = file("large", LARGE);
        medium = file("medium", MEDIUM);
    }

    private static File file(String name, long size) throws IOException {
        File path = files.resolve(name).toFile();
        try (RandomAccessFile file = new RandomAccessFile(path, "rw")) {
            file.setLength(size);
        }
        return path;
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2", "TLSv1.3"})
    void gatewaysRefusalIsSeenByTheJavaSdkAndNotTriedAgain(String tls) throws Exception {
        try (TestSite site = readOnly()) {
            CosServiceException refusal = upload(site, large, tls);

            assertThat(refusal.getErrorCode()).isEqualTo("AccessDenied");
            assertThat(refusal.getStatusCode()).isEqualTo(403);
            assertThat(exchanges(site)).isEqualTo(1);
            assertThat(site.origin().log().connectionsOpened()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"OKHTTP_1, TLSv1.2", "OKHTTP_1, TLSv1.3", "OKHTTP_2, TLSv1.2", "OKHTTP_2, TLSv1.3"})
    void gatewaysRefusalIsSeenByOkHttp(Device.Kind kind, String tls) throws Exception {
        try (TestSite site = readOnly();
                OkHttpDevice device = (OkHttpDevice) kind.at(site, tls)) {
            Reply reply = device.send(Call.of("PUT", "/large"), large);

            assertThat(reply.protocol()).isEqualTo(kind.protocol());
            assertThat(reply.status()).isEqualTo(403);
            assertThat(new String(reply.body(), UTF_8)).contains("<Code>AccessDenied</Code>");
            assertThat(site.origin().log().connectionsOpened()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KEEP_READING, TLSv1.2",
        "KEEP_READING, TLSv1.3",
        "CLOSE, TLSv1.2",
        "CLOSE, TLSv1.3",
        "STOP_READING, TLSv1.2",
        "STOP_READING, TLSv1.3"
    })
    void originsRefusalIsSeenByTheJavaSdkAndNotTriedAgain(Then then, String tls) throws Exception {
        try (TestSite site = refusingOrigin(then)) {
            CosServiceException refusal = upload(site, medium, tls);

            assertThat(refusal.getErrorCode()).isEqualTo("AccessDenied");
            assertThat(refusal.getStatusCode()).isEqualTo(403);
            assertThat(exchanges(site)).isEqualTo(1);
            assertThat(site.origin().store().keys(TestSite.BUCKET)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KEEP_READING, OKHTTP_1",
        "KEEP_READING, OKHTTP_2",
        "CLOSE, OKHTTP_1",
        "CLOSE, OKHTTP_2",
        "STOP_READING, OKHTTP_1",
        "STOP_READING, OKHTTP_2"
    })
    void originsRefusalIsSeenByOkHttp(Then then, Device.Kind kind) throws Exception {
        try (TestSite site = refusingOrigin(then);
                OkHttpDevice device = (OkHttpDevice) kind.at(site, "TLSv1.3")) {
            Reply reply = device.send(Call.of("PUT", "/medium"), medium);

            assertThat(reply.protocol()).isEqualTo(kind.protocol());
            assertThat(reply.status()).isEqualTo(403);
            assertThat(new String(reply.body(), UTF_8)).contains("<Code>AccessDenied</Code>");
            assertThat(site.origin().store().keys(TestSite.BUCKET)).isEmpty();
        }
    }

    private static CosServiceException upload(TestSite site, File file, String tls) throws Exception {
        COSClient cos = CosSdk.withTls(site, CosSdk.HostMode.BUCKET, site.clientContext(site.device()), tls);
        try {
            return catchThrowableOfType(
                    CosServiceException.class,
                    () -> cos.putObject(new PutObjectRequest(TestSite.BUCKET, file.getName(), file)));
        } finally {
            cos.shutdown();
        }
    }

    private TestSite readOnly() throws Exception {
        String routes = """
                  - name: read-only
                    match: {hosts: [localhost]}
                    origin: cos
                    operations: [read]
                """;
        return TestSite.in(directory).limits(DRAIN).routes(routes).start();
    }

    private TestSite refusingOrigin(Then then) throws Exception {
        TestSite site = TestSite.in(directory).limits(DRAIN).start();
        site.origin().faults().always(RequestMatcher.method("PUT"), new Fault.EarlyAnswer(403, "AccessDenied", then));
        return site;
    }

    /** The exchanges that the gateway has counted once nobody is connected any more. */
    private static double exchanges(TestSite site) throws Exception {
        Await.until("connections", () -> sum(site, "sealgate_connections"), open -> open == 0);
        // the gauge falls before the exchange of the connection that closed is told of
        Await.until("exchanges", () -> sum(site, "sealgate_exchanges_seconds_count"), count -> count > 0);
        return sum(site, "sealgate_exchanges_seconds_count");
    }

    private static double sum(TestSite site, String metric) throws Exception {
        return site.metrics()
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
