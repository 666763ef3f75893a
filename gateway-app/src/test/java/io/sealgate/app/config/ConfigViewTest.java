package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigViewTest {

    @Test
    void secretsAreMaskedAndDefaultsShown(@TempDir Path directory) throws Exception {
        GatewayConfig config =
                ConfigFixture.in(directory).load(ConfigFixture.good()).config();

        String view = ConfigView.render(config);

        assertThat(view)
                .contains("secret-key: '******'")
                .contains(
                        "idle-timeout: 1m",
                        "http2-stream-window: 256KiB",
                        "content-md5: verify",
                        "min-version: TLSv1.2")
                .doesNotContain("topsecretvalue")
                .doesNotContain("AKIDexample");
    }

    @Test
    void theViewOfAConfigurationIsThatConfiguration(@TempDir Path directory) throws Exception {
        ConfigFixture fixture = ConfigFixture.in(directory);
        String view = ConfigView.render(fixture.load(ConfigFixture.good()).config());

        String again =
                ConfigView.render(fixture.load(view.replaceFirst("secret-id: '\\*+'", "secret-id: env:COS_SECRET_ID")
                                .replaceFirst("secret-key: '\\*+'", "secret-key: file:cos-key"))
                        .config());

        assertThat(again).isEqualTo(view);
    }
}
