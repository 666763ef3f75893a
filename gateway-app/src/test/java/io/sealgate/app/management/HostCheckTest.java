package io.sealgate.app.management;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:9901",
                "[::1]:9901",
                "localhost",
                "LOCALHOST:9901",
                "10.1.2.3",
                "sealgate:9901",
                "3f2a1b4c5d6e:9901",
                "0xgateway",
                "gw.corp.internal"
            })
    void namesThatNobodyCanRegisterAreOurs(String host) {
        assertThat(HostCheck.isOurs(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example.com",
                "evil.example.com:9901",
                "127.0.0.1.evil.com",
                "localhost.evil.com",
                "a b",
                "evil.com#.internal"
            })
    void publicNamesAreNot(String host) {
        assertThat(HostCheck.isOurs(host)).isFalse();
    }

    /** Multicast DNS: whoever is on the network names itself. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.local", "printer.local:9901", "gw.ns.svc.cluster.local:9901"})
    void namesThatANeighbourCanAnnounceAreNot(String host) {
        assertThat(HostCheck.isOurs(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0x7f000001:9901", "0X7F000001", "0x", "017700000001", "127.1", "0x7f.1"})
    void numbersAreNoNames(String host) {
        assertThat(HostCheck.isOurs(host)).isFalse();
    }

    @Test
    void aRequestWithoutHostIsNotForUs() {
        assertThat(HostCheck.isOurs(null)).isFalse();
    }
}
