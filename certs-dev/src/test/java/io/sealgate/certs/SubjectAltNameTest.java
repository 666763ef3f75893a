package io.sealgate.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectAltNameTest {
    @Test
    void kindsAreToldApartAsPeopleWriteThem() {
        assertThat(SubjectAltName.parse("gw.example.com")).isEqualTo(SubjectAltName.dns("gw.example.com"));
        assertThat(SubjectAltName.parse("*.example.com")).isEqualTo(SubjectAltName.dns("*.example.com"));
        assertThat(SubjectAltName.parse("10.1.2.3")).isEqualTo(SubjectAltName.ip("10.1.2.3"));
        assertThat(SubjectAltName.parse("fe80::1")).isEqualTo(SubjectAltName.ip("fe80::1"));
        assertThat(SubjectAltName.parse("spiffe://fleet/a")).isEqualTo(SubjectAltName.uri("spiffe://fleet/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a..b", "-a.example", "a.*.example", "*", "a/b", "\u8bbe\u5907.example"})
    void whatIsNoNameIsRefused(String text) {
        assertThatThrownBy(() -> SubjectAltName.parse(text))
                .isInstanceOf(CertsException.class)
                .hasMessageStartingWith("alternative name: " + text + " (expected: ");
    }

    @Test
    void hostNameIsNeverResolvedToAnAddress() {
        assertThatThrownBy(() -> SubjectAltName.ip("localhost"))
                .isInstanceOf(CertsException.class)
                .hasMessage("IP address: localhost (expected: an IPv4 or IPv6 literal)");
    }

    @Test
    void developmentNamesCoverLoopbackAndTheRegionsCosHosts() {
        assertThat(SubjectAltName.forDevelopment("ap-guangzhou", "gw.local"))
                .containsExactly(
                        SubjectAltName.dns("localhost"),
                        SubjectAltName.ip("127.0.0.1"),
                        SubjectAltName.ip("::1"),
                        SubjectAltName.dns("*.cos.ap-guangzhou.myqcloud.com"),
                        SubjectAltName.dns("gw.local"));
    }
}
