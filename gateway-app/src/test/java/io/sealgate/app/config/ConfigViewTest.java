package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: sign",
                "auth: sign\n    tls: {trust: system}",
                "auth: sign\n    tls: {trust: [ca.pem]}",
                "operations: [read, write]\n    policies: [own]\n    policy: {reveal: true}\npolicies:\n  - name: own\n"
                        + "    statements:\n      - {effect: allow, action: [cos:Get*, 'cos:PutObject'], resource: '${bucket}/*',"
                        + " condition: {numeric_less_than: {'cos:content-length': 5}, bool_equal: {'cos:secure-transport': true}}}",
                "bind: 127.0.0.1:0\n    proxy-protocol: {mode: require, trusted: [10.0.0.0/8, '2001:db8::/32']}"
            })
    void theViewOfAConfigurationIsThatConfiguration(String lines, @TempDir Path directory) throws Exception {
        ConfigFixture fixture = ConfigFixture.in(directory);
        String firstLine = lines.lines().findFirst().orElseThrow();
        String view = ConfigView.render(
                fixture.load(ConfigFixture.with(firstLine, lines)).config());

        String again =
                ConfigView.render(fixture.load(view.replaceFirst("secret-id: '\\*+'", "secret-id: env:COS_SECRET_ID")
                                .replaceFirst("secret-key: '\\*+'", "secret-key: file:cos-key"))
                        .config());

        assertThat(again).isEqualTo(view);
    }
}
