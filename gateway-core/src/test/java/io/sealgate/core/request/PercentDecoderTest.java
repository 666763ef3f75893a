package io.sealgate.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.request.PercentDecoder.Plus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentDecoderTest {

    @ParameterizedTest
    @CsvSource({"a%2Fb, a/b", "%e2%84%AA, \u212A", "a+b%2B, a+b+", "%25%32%46, %2F"})
    void escapesAreDecodedOnce(String raw, String decoded) {
        assertThat(PercentDecoder.decode(raw, Plus.LITERAL)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "a%4",
                "%4g",
                "% 1",
                "%+1",
                "%-1",
                "%\u0664\u0661",
                "%\uFF14\uFF11",
                "%4\u0661",
                "%\uFF24\uFF25",
                "%\u0969\u0967",
                "%c0%af",
                "%ed%a0%80",
                "%ff",
                "\u00E9"
            })
    void onlyEscapesOfAsciiDigitsAndUtf8AreDecoded(String raw) {
        assertThat(PercentDecoder.decode(raw, Plus.LITERAL)).isNull();
    }
}
