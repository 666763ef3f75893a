package io.sealgate.tls.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.IpLiteral;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are dialled. */
class AllowedAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "169.254.169.254",
                "169.254.0.23",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::808:808",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::1",
                "2001::1",
                "2001:db8::1"
            })
    void specialAddressesAreNotDialled(String address) {
        assertThat(permits(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "2606:4700::1111",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void publicAddressesAreDialled(String address) {
        assertThat(permits(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 192.168.0.1, false",
        "127.0.0.1/32, 127.0.0.1, true",
        "127.0.0.1/32, ::1, false",
        "10.0.0.0/8, 64:ff9b::a01:203, true",
        "::1/128, ::1, true",
        // a block is not meant for the metadata service that lies within it
        "100.64.0.0/10, 100.64.0.1, true",
        "100.64.0.0/10, 100.100.100.200, false",
        "169.254.0.0/16, 169.254.169.254, false",
        "0.0.0.0/0, 169.254.0.23, false",
        "fd00::/8, fd00:ec2::254, false",
        "169.254.169.254/32, 169.254.169.254, true"
    })
    void onlyWhatIsNamedIsDialledBesides(String block, String address, boolean permitted) {
        assertThat(permits(address, block)).isEqualTo(permitted);
    }

    private static boolean permits(String address, String... blocks) {
        List<AddressBlock> allowed = Stream.of(blocks).map(AddressBlock::parse).toList();
        return new AllowedAddresses(allowed).permits(IpLiteral.parse(address).orElseThrow());
    }
}
