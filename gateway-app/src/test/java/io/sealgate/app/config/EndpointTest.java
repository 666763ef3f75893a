package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "https://b-1.cos.ap-guangzhou.myqcloud.com, b-1.cos.ap-guangzhou.myqcloud.com, 443",
        "https://origin.example.:8443, origin.example., 8443",
        "https://XN--BCHER-KVA.example/, XN--BCHER-KVA.example, 443",
        "https://127.0.0.1, 127.0.0.1, 443",
        "https://[::1]:9443, ::1, 9443",
        "http://my_origin:9000, my_origin, 9000"
    })
    void hostAndPortAreRead(String text, String host, int port) {
        Endpoint endpoint = Endpoint.parse(text);
        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({
        "https://origin.example, true",
        "http://localhost:9000, true",
        "http://LocalHost, true",
        "http://127.0.0.1:9000, true",
        "http://127.8.9.1, true",
        "http://[::1], true",
        "http://[::ffff:127.0.0.1], true",
        "http://127.example.com, false",
        "http://127.1, false",
        "http://localhost.example.com, false",
        "http://localhost., false",
        "http://0.0.0.0, false",
        "http://192.0.2.1, false",
        "http://[::ffff:192.0.2.1], false"
    })
    void onlyTlsAndThisMachineAreConfidential(String text, boolean isConfidential) {
        assertThat(Endpoint.parse(text).isConfidential()).isEqualTo(isConfidential);
    }

    /** TLS could verify none of these, so that each connection would fail. */
    @ParameterizedTest
    @ValueSource(strings = {"my_origin", "a..b", "-origin.example", "origin-.example", ".", ".example", "a.example.."})
    void hostThatNoCertificateNamesIsRefusedWithHttps(String host) {
        assertThatThrownBy(() -> Endpoint.parse("https://" + host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("endpoint: host " + host + " (expected: with https labels of");
    }
}
