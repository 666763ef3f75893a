package io.sealgate.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({"0,0,0B", "512,512,512B", "64KiB,65536,64KiB", "5GiB,5368709120,5GiB", "1024KiB,1048576,1MiB"})
    void sizesAreReadAndWritten(String text, long bytes, String shown) {
        ByteSize size = ByteSize.parse(text);
        assertThat(size.bytes()).isEqualTo(bytes);
        assertThat(size).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5GB", "-1", "1.5MiB", "KiB", "99999999999TiB"})
    void whatIsNotASizeIsRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
