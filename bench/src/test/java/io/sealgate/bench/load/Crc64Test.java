package io.sealgate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Crc64Test {
    @Test
    void matchesTheCatalogueCheckValueOfCrc64Xz() {
        Crc64 crc = new Crc64();
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);

        crc.update(digits, 0, digits.length);

        assertThat(crc.value()).isEqualTo(0x995DC9BBDF1939FAL);
    }
}
