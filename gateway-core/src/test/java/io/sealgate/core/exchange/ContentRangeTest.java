package io.sealgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
