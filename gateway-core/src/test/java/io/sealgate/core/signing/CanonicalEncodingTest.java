package io.sealgate.core.signing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalEncodingTest {

    @ParameterizedTest
    @CsvSource({
        "AZaz09-_.~, AZaz09-_.~",
        "'a b', a%20b",
        "a+b, a%2Bb",
        "a/b, a%2Fb",
        "腾, %E8%85%BE",
        "'*''()!', %2A%27%28%29%21",
        "\uD83D\uDE00, %F0%9F%98%80"
    })
    void onlyUnreservedCharactersStayAsTheyAre(String plain, String encoded) {
        assertThat(CanonicalEncoding.encode(plain)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b, /a b",
        "/a+b, /a b",
        "/a%2Bb, /a+b",
        "/a%2fb%252F, /a/b%2F",
        "/a//../b/./c, /a//../b/./c",
        "/%E8%85%BE, /腾"
    })
    void pathIsFormDecodedOnceAndNotNormalised(String raw, String decoded) {
        assertThat(CanonicalEncoding.decode(raw)).contains(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "a%E8%85", "%C0%AF", "%ED%A0%80", "/腾"})
    void whatIsNoPercentEncodedUtf8HasNoDecodedForm(String raw) {
        assertThat(CanonicalEncoding.decode(raw)).isEmpty();
    }

    @Test
    void headerValueIsEncodedByteForByteAsItIsOnTheWire() {
        assertThat(SignedFields.headerValue("caf\u00C3\u00A9")).isEqualTo("caf%C3%A9");
    }
}
