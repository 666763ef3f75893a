package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {
    @ParameterizedTest
    @CsvSource({"a+b, a+b", "a%2Bb, a+b", "%E8%85%BE, \u817e", "a%2fb/../c, a/b/../c", "%25%32%35, %25"})
    void decodesNamesOnceAndPlusIsAPlus(String encoded, String decoded) {
        assertThat(Percent.decode(encoded)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @CsvSource({"a+b, a b", "a%2Bb, a+b", "%2525+, '%25 '"})
    void decodesFormsOnceAndPlusIsASpace(String encoded, String decoded) {
        assertThat(Percent.decodeForm(encoded)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "%FF", "%C0%AF"})
    void refuses(String encoded) {
        assertThatThrownBy(() -> Percent.decode(encoded))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_URI));
    }

    @Test
    void encodesAllButTheUnreserved() {
        assertThat(Percent.encode("aZ0-_.~ /*'(\u817e")).isEqualTo("aZ0-_.~%20%2F%2A%27%28%E8%85%BE");
    }
}
