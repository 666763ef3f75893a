package io.sealgate.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One grammar of decimal numbers. */
class DecimalTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 1",
                "1 ",
                "1\n",
                "+1",
                "-1",
                "-0",
                "1e1",
                "1.0",
                ".5",
                "0x1",
                "1_0",
                "1,0",
                "1L",
                "\u0661",
                "\uff11",
                "1\u0661",
                "\u00b2",
                "\ud835\udfcf",
                "1000000000000000000",
                "99999999999999999999"
            })
    void whatIsNotAllDigitsOfAsciiIsNoNumber(String text) {
        assertThat(DecimalText.parse(text)).isEmpty();
        assertThat(DecimalText.plain(text)).isEmpty();
        assertThat(DecimalText.partNumber(text)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "00, 0", "7, 7", "007, 7", "999999999999999999, 999999999999999999"})
    void leadingZerosCountNothingAndAreNotPlain(String text, long number) {
        assertThat(DecimalText.parse(text)).hasValue(number);
        assertThat(DecimalText.plain(text).isPresent()).isEqualTo(text.equals(Long.toString(number)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "01, 0", "9999, 9999", "10000, 10000", "10001, 0", "99999, 0", "4294967297, 0"})
    void partsHaveNumbersUpToTenThousand(String text, int number) {
        assertThat(DecimalText.partNumber(text)).isEqualTo(number);
    }
}
