package io.sealgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.tls.NameTable.Dates;
import java.util.ArrayList;
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
        NameTable<String> table =
                NameTable.of(List.of(rsa("wild", "*.example"), ecdsa("other", "gw.test"), rsa("third", "a.test")));
        assertThat(table.find(null)).containsExactly("wild", "other");
        assertThat(table.find("gw.test")).containsExactly("other");
    }

    /**
     * A listener in the order of its certificates, each of them {@code kind[:names]}, a kind with {@code !} not valid and
     * with {@code ?} of an outdated issuer. What is offered is numbered.
     */
    @ParameterizedTest(name = "{0} sni={1}")
    @CsvSource(
            nullValues = "absent",
            value = {
                // without names: everybody is offered both
                "ec rsa, absent, 0 1",
                "rsa ec, gw.example, 1 0",
                "ec! rsa, absent, 1 0",
                "ec? rsa, absent, 1 0",
                // one of two was renewed with a name: who can only use the other is served as before
                "ec:gw.example rsa, gw.example, 0 1",
                "ec:gw.example rsa, absent, 0 1",
                "ec:gw.example rsa, unknown.example, 0 1",
                "ec rsa:gw.example, absent, 0 1",
                "ec rsa:gw.example, gw.example, 1 0",
                "ec rsa:gw.example, unknown.example, 0 1",
                "rsa ec:gw.example, absent, 0 1",
                "ec!:gw.example rsa, gw.example, 1 0",
                "ec:gw.example rsa!, absent, 0 1",
                // no name asked for: the first name, then any with another kind of key
                "ec:a.example rsa:b.example, absent, 0 1",
                "ec:a.example rsa:b.example, b.example, 1",
                "ec:a.example rsa:b.example rsa:c.example, absent, 0 1",
                "ec:a.example rsa!:b.example rsa:c.example, absent, 0 2",
                "ec:a.example rsa!:b.example, absent, 0 1",
                "ec:a.example rsa?:b.example, absent, 0 1",
                "p521:a.example ec:b.example rsa:c.example, absent, 0 1 2",
                "p521:a.example ec:b.example, b.example, 1",
                "p521:a.example p521:b.example, absent, 0",
                "ec:a.example ec:b.example, absent, 0",
                // what has ended gives way to any that is valid, with a key of the same kind
                "ec!:a.example ec:b.example, absent, 1 0",
                "ec!:a.example ec:b.example, a.example, 0",
                "ec!:a.example rsa:b.example, absent, 1 0",
                "ec!:a.example ec!:b.example, absent, 0",
                "ec?:a.example ec:b.example, absent, 0",
                "ec!:a.example rsa ec:b.example, absent, 1 2 0",
                "ec!:a.example rsa ec:b.example, a.example, 1 0"
            })
    void whoAsksForNoNameOrHasOneKindOfKeyIsServed(String certificates, @Nullable String sni, String offered) {
        List<NameTable.Entry<String>> entries = new ArrayList<>();
        for (String certificate : certificates.split(" ")) {
            String kind = certificate.split(":")[0];
            List<String> names = certificate.contains(":") ? List.of(certificate.split(":")[1]) : List.of();
            Dates dates =
                    kind.endsWith("!") ? Dates.NOT_VALID : kind.endsWith("?") ? Dates.ISSUER_NOT_VALID : Dates.VALID;
            entries.add(new NameTable.Entry<>(
                    names,
                    kind.startsWith("ec") ? "P-256" : kind.startsWith("p521") ? "P-521" : "RSA",
                    dates,
                    String.valueOf(entries.size())));
        }
        assertThat(String.join(" ", NameTable.of(entries).find(sni))).isEqualTo(offered);
    }

    @Test
    void whatIsNotValidIsTheLastChoice() {
        NameTable<String> table = NameTable.of(List.of(
                new NameTable.Entry<>(List.of("gw.example"), "P-256", Dates.NOT_VALID, "ended"),
                new NameTable.Entry<>(List.of("gw.example"), "P-256", Dates.ISSUER_NOT_VALID, "old cross"),
                rsa("wild", "*.example"),
                rsa("valid", "gw.example")));
        assertThat(table.find("gw.example")).containsExactly("valid", "wild", "old cross", "ended");
        assertThat(table.find(null)).containsExactly("valid", "wild", "old cross", "ended");
    }

    private static NameTable.Entry<String> rsa(String value, String... names) {
        return new NameTable.Entry<>(List.of(names), "RSA", Dates.VALID, value);
    }

    private static NameTable.Entry<String> ecdsa(String value, String... names) {
        return new NameTable.Entry<>(List.of(names), "P-256", Dates.VALID, value);
    }
}
