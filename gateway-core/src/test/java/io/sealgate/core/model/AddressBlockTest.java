package io.sealgate.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.20.0.0/14, 10.23.1.1, true",
        "10.20.0.0/14, 10.24.0.0, false",
        "192.0.2.7/32, 192.0.2.7, true",
        "192.0.2.7/32, 192.0.2.6, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.255.0.1, true",
        "::ffff:10.0.0.0/104, 11.0.0.0, false",
        "::ffff:a00:0/104, 10.255.0.1, true",
        "::ffff:0:0/96, 203.0.113.9, true",
        "::ffff:0:0/96, 2001:db8::1, false",
        "::ffff:192.0.2.7/128, 192.0.2.7, true",
        "::ffff:192.0.2.7/128, 192.0.2.6, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 203.0.113.9, false",
        "::1/128, ::1, true",
    })
    void aBlockHasTheAddressesThatShareItsPrefix(String block, String address, boolean contained) {
        assertThat(AddressBlock.parse(block).contains(IpLiteral.parse(address).orElseThrow()))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.1/8",
                "010.0.0.0/8",
                "10.0.0/8",
                " 10.0.0.0/8",
                "10.0.0.0 /8",
                "localhost/8",
                "balancer.example.com/32",
                "2001:db8::/129",
                "2001:db8::1/64",
                "[2001:db8::]/32",
                "fe80::1%eth0/128",
                "::ffff:10.0.0.0/24",
                "::ffff:10.0.0.0/8",
                "::ffff:0:0/0",
                "::ffff:0:0/95",
                "::ffff:10.0.0.1/104",
                "::ffff:10.0.0.0/129",
            })
    void whatIsNoBlockIsRefused(String text) {
        assertThatThrownBy(() -> AddressBlock.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "::1/128"})
    void aBlockIsWrittenAsItWasRead(String text) {
        assertThat(AddressBlock.parse(text)).hasToString(text);
    }
}
