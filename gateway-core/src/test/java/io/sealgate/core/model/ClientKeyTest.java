package io.sealgate.core.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientKeyTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
        "2001:db8:0:1::1, 2001:db8:0:2::1, false",
        "::1, 192.0.2.1, false",
        "::c000:201, ::c000:202, true",
        "64:ff9b::192.0.2.1, 64:ff9b::192.0.2.2, false",
        "64:ff9b::192.0.2.1, 192.0.2.1, true",
        "64:ff9b:0:0:1::1, 64:ff9b:0:0:2::1, true",
        "64:ff9b:1::192.0.2.1, 64:ff9b:1::192.0.2.2, true",
        "2002:c000:201:1::1, 2002:c000:201:2::1, true",
        "2002:c000:201:1::1, 192.0.2.1, true",
        "2002:c000:201::1, 2002:c000:202::1, false",
        "2001:0:c000:201::1, 2002:c000:201::1, false"
    })
    void anAddressIsAnIpv4AddressOrTheNetworkOfAnIpv6Address(String one, String other, boolean same) {
        assertThat(address(one).equals(address(other))).isEqualTo(same);
    }

    @Test
    void anIpv4AddressWrittenAsAnIpv6AddressIsTheSameClient() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 1};
        Inet6Address address = Inet6Address.getByAddress(null, mapped, 0); // as Netty's native transports do it

        assertThat(ClientKey.of(new InetSocketAddress(address, 1))).isEqualTo(address("192.0.2.1"));
    }

    @Test
    void clientsOfAUnixSocketShareItsAddress() {
        assertThat(ClientKey.of(UnixDomainSocketAddress.of("/run/x")).isShared())
                .isTrue();
        assertThat(address("192.0.2.1").isShared()).isFalse();
        assertThat(address("192.0.2.1").shared().isShared()).isTrue();
        assertThat(address("192.0.2.1").shared()).isNotEqualTo(address("192.0.2.1"));
    }

    @Test
    void noTwoWaysToCutTheSameBytesAreOneClient() {
        assertThat(List.of(
                        certified("ab", "c"),
                        certified("a", "bc"),
                        certified("", "abc"),
                        certified("a", "b", "c"),
                        certified("a", "b", "c", ""),
                        certified("a", "", "b", "c")))
                .doesNotHaveDuplicates();
    }

    @Test
    void theOrderOfAlternativeNamesIsOfNoMatter() {
        assertThat(certified("ca", "x", "one", "two")).isEqualTo(certified("ca", "x", "two", "one"));
        assertThat(certified("ca", "x", "one", "two")).isEqualTo(certified("ca", "x", "two", "one", "two"));
    }

    private static ClientKey certified(String issuer, String subject, String... names) {
        return ClientKey.certified(
                issuer.getBytes(UTF_8),
                subject.getBytes(UTF_8),
                Arrays.stream(names).map(name -> name.getBytes(UTF_8)).toList());
    }

    private static ClientKey address(String text) {
        return ClientKey.of(new InetSocketAddress(text, 1234));
    }
}
