package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.it.Device.Call;
import io.sealgate.app.it.Device.Reply;
import io.sealgate.origin.LoggedRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device's own signature reaches the origin unharmed in {@code forward} mode, also when HTTP/2 becomes HTTP/1.1 on the way. */
@ParameterizedClass
@ValueSource(strings = {"http/1.1", "h2"})
class OkHttpForwardIT {

    private static TestSite site;

    @Parameter
    private String protocol;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        site = TestSite.in(directory).auth("forward").strictSigning().start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/plain",
                "/a//b/",
                "/d%20e%2Bf%252F~'()!&=@:,;$*",
                "/dir/file%20name+%E4%B8%AD%E6%96%87.txt",
                "/q?response-content-type=text%2Fx-log"
            })
    void signatureHoldsAtTheOriginWhateverTheTarget(String target) throws Exception {
        byte[] bytes = Bytes.of(70_000);
        String path = target.replaceFirst("\\?.*", "");
        try (OkHttpDevice device = OkHttpDevice.signing(site, protocol, DeviceSigner.accepted())) {
            Reply put = device.send(Call.of("PUT", path)
                    .with("Content-Type", "text/plain")
                    .with("x-cos-meta-device", "meter-7")
                    .body(bytes));
            Reply get = device.send(Call.of("GET", target).with("Range", "bytes=0-65535"));

            assertThat(put.protocol()).isEqualTo(protocol);
            assertThat(put.status()).isEqualTo(200);
            assertThat(get.status()).isEqualTo(206);
            assertThat(get.body()).hasSize(65_536);
            assertThat(site.origin().log().requests())
                    .extracting(LoggedRequest::target)
                    .contains(path, target);
        }
    }

    @Test
    void unknownKeyIsTheOriginsRefusal() throws Exception {
        try (OkHttpDevice device = OkHttpDevice.signing(site, protocol, DeviceSigner.unknown())) {
            Reply put = device.send(Call.of("PUT", "/refused").body(Bytes.of(10)));

            assertThat(put.status()).isEqualTo(403);
            assertThat(put.header("x-sealgate-error")).isEmpty();
            assertThat(site.origin().store().find(TestSite.BUCKET, "refused")).isEmpty();
        }
    }
}
