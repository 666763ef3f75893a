package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {

    @Test
    void aRangeIsReadAsItIs() {
        ContentRange range = ContentRange.parse("bytes 5-9/100");
        assertThat(range).isEqualTo(new ContentRange(5, 9, 100));
        assertThat(new ContentRange(5, 9, 100).length()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=5-9, true",
        "bytes=5-8, false",
        "bytes=4-9, false",
        "bytes=5-, false",
        "bytes=-5, false",
        "bytes=x, true",
        "'bytes=0-1,5-9', true",
        "items=0-1, true"
    })
    void whatWasAskedForIsCompared(String asked, boolean isAnswered) {
        assertThat(new ContentRange(5, 9, 100).answers(asked)).isEqualTo(isAnswered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-9", "bytes=5-1000", "bytes=5-", "bytes=-5", "Bytes=5-9"})
    void anObjectMayEndBeforeTheRangeDoes(String asked) {
        assertThat(new ContentRange(5, 9, 10).answers(asked)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "bytes */100",
                "bytes 5-9/*",
                "bytes 9-5/100",
                "bytes 5-100/100",
                "bytes=5-9/100",
                "bytes -1-9/100",
                "bytes 5-9/100, bytes 5-9/100",
                "bytes 5-9/99999999999999999999"
            })
    void whatIsNoSingleKnownRangeIsNone(String value) {
        assertThat(ContentRange.parse(value)).isNull();
    }
}
