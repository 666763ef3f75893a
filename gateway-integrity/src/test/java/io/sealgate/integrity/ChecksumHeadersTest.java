package io.sealgate.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumHeadersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, -9223372036854775808",
        "18446744073709551609, -7",
        "18446744073709551615, -1"
    })
    void aCrc64IsAnUnsignedNumber(String value, long number) {
        assertThat(ChecksumHeaders.crc64(value)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "01",
                "+1",
                "-1",
                " 1",
                "1 ",
                "1e3",
                "0x1",
                "18446744073709551616",
                "18446744073709551620",
                "28446744073709551615",
                "184467440737095516150",
                "\u0661"
            })
    void whatAnotherReaderCouldReadOtherwiseIsNone(String value) {
        assertThat(ChecksumHeaders.crc64(value)).isEmpty();
    }

    @Test
    void everyNumberIsReadAsItIsWritten() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong() >>> random.nextInt(64);

            assertThat(ChecksumHeaders.crc64(Long.toUnsignedString(number))).contains(number);
        }
    }
}
