package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.it.Device.Call;
import io.sealgate.app.it.Device.Reply;
import io.sealgate.origin.LoggedRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host of the gateway's own, addressed as the Android SDK does with {@code setHost} and {@code setPathStyle(true)}. */
@ParameterizedClass
@ValueSource(strings = {"http/1.1", "h2"})
class PathStyleIT {

    private static final String BUCKET = "/" + TestSite.BUCKET;

    private static TestSite site;

    @Parameter
    private String protocol;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        site = TestSite.in(directory).strictSigning().routes("""
                  - name: devices
                    match: {hosts: [localhost, '[::1]'], addressing: path, path: /dir/**}
                    origin: cos
                    operations: [all]
                  - name: others
                    match: {hosts: [127.0.0.1]}
                    origin: cos
                    operations: [all]
                """).start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void startAfresh() {
        site.origin().log().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dir/ps.txt", "/dir//a/", "/dir/d%20e%2Bf%252F~'()!&=@:,;$*", "/dir/%E4%B8%AD%E6%96%87"})
    void objectsAreStoredAndReadUnderTheirKeys(String path) throws Exception {
        byte[] bytes = Bytes.of(70_000);

        Reply put = send(Call.of("PUT", BUCKET + path).body(bytes));
        Reply get = send(Call.of("GET", BUCKET + path));
        Reply list = send(Call.of("GET", BUCKET + "/?prefix=dir%2F"));

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.protocol()).isEqualTo(protocol);
        assertThat(get.body()).isEqualTo(bytes);
        assertThat(site.origin().store().keys(TestSite.BUCKET)).allMatch(key -> key.startsWith("dir/"));
        assertThat(new String(list.body(), UTF_8)).contains("<Name>" + TestSite.BUCKET + "</Name>", "<Key>dir/");
        assertThat(site.origin().log().requests())
                .extracting(LoggedRequest::target)
                .noneMatch(target -> target.contains(TestSite.BUCKET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other-1250000000/dir/ps.txt", "/dir/ps.txt", "//dir/ps.txt"})
    void anotherBucketIsNotThere(String target) throws Exception {
        Reply put = send(Call.of("PUT", target).body(Bytes.of(10)));

        assertThat(put.status()).isEqualTo(404);
        assertThat(new String(put.body(), UTF_8)).contains("<Code>NoSuchBucket</Code>");
        assertThat(put.header("x-sealgate-error")).hasValue("request");
        assertThat(site.origin().log().requests()).isEmpty();
    }

    @Test
    void aKeyOutsideTheRoutesPathIsNotFound() throws Exception {
        Reply put = send(Call.of("PUT", BUCKET + "/other").body(Bytes.of(10)));

        assertThat(put.status()).isEqualTo(404);
        assertThat(new String(put.body(), UTF_8)).contains("<Code>NoSuchKey</Code>");
        assertThat(site.origin().log().requests()).isEmpty();
    }

    /** Some clients say the port that they dial, some do not. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:%d", "localhost:1", "[::1]", "[::1]:%d"})
    void hostIsTheSameWithAndWithoutAPort(String host) throws Exception {
        String authority = host.formatted(site.port());

        Reply put =
                send(Call.of("PUT", BUCKET + "/dir/x").with("Host", authority).body(Bytes.of(10)));

        assertThat(put.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:%d"})
    void hostThatIsNotAddressedSoHasItsBucketByTheRoute(String host) throws Exception {
        String authority = host.formatted(site.port());

        send(Call.of("PUT", "/dir/y").with("Host", authority).body(Bytes.of(10)));

        assertThat(site.origin().log().requests())
                .extracting(LoggedRequest::target)
                .containsExactly("/dir/y");
    }

    private Reply send(Call call) throws IOException {
        try (OkHttpDevice device = OkHttpDevice.signing(site, protocol, DeviceSigner.unknown())) {
            return device.send(call);
        }
    }
}
