package io.sealgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.tls.NameTable.Dates;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameTableTest {

    /** The default is RSA and has an ECDSA sister, a wildcard has an exception to it. */
    private static final List<NameTable.Entry<String>> FLEET = List.of(
            rsa("gw-rsa", "gw.example", "alt.example"),
            rsa("wild-rsa", "*.fleet.example"),
            ecdsa("gw-ec", "gw.example"),
            ecdsa("one-ec", "one.fleet.example"),
            ecdsa("wild-ec", "*.fleet.example"),
            rsa("deep-rsa", "*.deep.fleet.example"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "gw.example, gw-ec gw-rsa",
                "GW.EXAMPLE, gw-ec gw-rsa",
                "gw.example., gw-ec gw-rsa",
                "alt.example, gw-rsa",
                "two.fleet.example, wild-ec wild-rsa",
                "TWO.fleet.EXAMPLE., wild-ec wild-rsa",
                "one.fleet.example, one-ec wild-ec wild-rsa",
                "a.deep.fleet.example, deep-rsa",
                // one label and no more, and never none
                "a.two.fleet.example, gw-ec gw-rsa",
                "fleet.example, gw-ec gw-rsa",
                ".fleet.example, gw-ec gw-rsa",
                // a wildcard is not a name to ask for
                "*.fleet.example, gw-ec gw-rsa",
                "absent, gw-ec gw-rsa",
                "'', gw-ec gw-rsa",
                "unknown.example, gw-ec gw-rsa",
                "localhost, gw-ec gw-rsa",
                "127.0.0.1, gw-ec gw-rsa",
                "gw.example:8443, gw-ec gw-rsa",
                "gw.example\u0000, gw-ec gw-rsa"
            })
    void nameDecidesWhatIsOffered(@Nullable String sni, String offered) {
        assertThat(String.join(" ", NameTable.of(FLEET).find(sni))).isEqualTo(offered);
    }

    @Test
    void absurdlyLongNameGetsTheDefault() {
        assertThat(NameTable.of(FLEET).find("a".repeat(10_000) + ".fleet.example"))
                .containsExactly("gw-ec", "gw-rsa");
    }

    @Test
    void wildcardCanBeTheDefault() {
        NameTable<String> table = NameTable.of(List.of(rsa("wild", "*.example"), ecdsa("other", "gw.test")));
        assertThat(table.find(null)).containsExactly("wild");
    }

    @Test
    void certificatesWithoutNamesAreForThoseWhoAskForNone() {
        NameTable<String> table =
                NameTable.of(List.of(rsa("address-rsa"), ecdsa("gw", "gw.example"), ecdsa("address-ec")));
        assertThat(table.find(null)).containsExactly("address-ec", "address-rsa");
        assertThat(table.find("gw.example")).containsExactly("gw");
    }

    @Test
    void certificateWithoutNameBehindOneWithNameIsOutOfReach() {
        assertThat(NameTable.of(List.of(ecdsa("gw", "gw.example"), rsa("nobody")))
                        .reachable())
                .containsExactly("gw");
    }

    @Test
    void whatIsNotValidIsTheLastChoice() {
        NameTable<String> table = NameTable.of(List.of(
                new NameTable.Entry<>(List.of("gw.example"), true, Dates.NOT_VALID, "ended"),
                new NameTable.Entry<>(List.of("gw.example"), true, Dates.ISSUER_NOT_VALID, "old cross"),
                rsa("wild", "*.example"),
                rsa("valid", "gw.example")));
        assertThat(table.find("gw.example")).containsExactly("valid", "wild", "old cross", "ended");
        assertThat(table.find(null)).containsExactly("valid", "wild", "old cross", "ended");
    }

    @Test
    void everyCertificateOfTheFleetIsWithinReach() {
        assertThat(NameTable.of(FLEET).reachable()).hasSameSizeAs(FLEET);
    }

    private static NameTable.Entry<String> rsa(String value, String... names) {
        return new NameTable.Entry<>(List.of(names), false, Dates.VALID, value);
    }

    private static NameTable.Entry<String> ecdsa(String value, String... names) {
        return new NameTable.Entry<>(List.of(names), true, Dates.VALID, value);
    }
}
