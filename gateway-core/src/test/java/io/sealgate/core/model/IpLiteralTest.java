package io.sealgate.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::ffff:a00:1, 10.0.0.1",
        "::10.0.0.1, 0:0:0:0:0:0:a00:1",
        "0:0:0:0:0:0:10.0.0.1, 0:0:0:0:0:0:a00:1",
        "::a00:1, 0:0:0:0:0:0:a00:1",
        "64:ff9b::10.0.0.1, 64:ff9b:0:0:0:0:a00:1",
        "::, 0:0:0:0:0:0:0:0",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1"
    })
    void anAddressIsWhatItSays(String text, String address) {
        assertThat(IpLiteral.parse(text)).map(InetAddress::getHostAddress).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.01",
                "010.0.0.1",
                "256.0.0.1",
                "::10.0.0.01",
                "::ffff:10.0.0",
                "1.2.3.4::",
                "::1%1",
                "[::1]",
                "1:2:3",
                ":::",
                "1::2::3",
                "12345::",
                "\u0661.0.0.1",
                "::\uff11",
                "localhost"
            })
    void whatCouldBeReadTwoWaysIsNone(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }
}
