package io.sealgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {

    @ParameterizedTest
    @CsvSource({
        "gw.example,gw.example",
        "GW.Example,gw.example",
        "gw.example.,gw.example",
        "localhost,localhost",
        "xn--bcher-kva.example,xn--bcher-kva.example",
        "_tls.gw.example,_tls.gw.example",
        "10.0.0.1,10.0.0.1"
    })
    void namesHaveOneForm(String asked, String canonical) {
        assertThat(ServerName.canonical(asked)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".example",
                "a..example",
                "gw.example..",
                "*.example",
                "a b",
                "a\u0000.example",
                "bücher.example",
                "İ.example",
                "a/../b",
                "::1",
                "${jndi:x}"
            })
    void whatIsNoHostNameHasNone(String asked) {
        assertThat(ServerName.canonical(asked)).isEmpty();
    }

    @Test
    void namesAndLabelsHaveTheirLengths() {
        String label = "a".repeat(63);
        String longest = label + '.' + label + '.' + label + '.' + "a".repeat(61);
        assertThat(ServerName.canonical(longest)).contains(longest);
        assertThat(ServerName.canonical(longest + "a")).isEmpty();
        assertThat(ServerName.canonical(label + "a.example")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"*.GW.example,*.gw.example", "gw.example.,gw.example"})
    void certificatesMayHaveWildcards(String presented, String canonical) {
        assertThat(ServerName.presented(presented)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.", "f*.example", "a.*.example", "*.*.example"})
    void otherWildcardsAreNoNames(String presented) {
        assertThat(ServerName.presented(presented)).isEmpty();
    }
}
