package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Crc64Test {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "a, 3675645893302102789",
        "hello, 11177612005948864433",
        "hello world, 5981764153023615706",
        "123456789, 11051210869376104954",
    })
    void matchesThePublishedValues(String text, String expected) {
        long crc = Crc64.of(text.getBytes(US_ASCII));

        assertThat(Long.toUnsignedString(crc)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1048576, 97, 6701094182323390671", "32, 0, 14509182247117337356", "32, 255, 16815823765876284111"})
    void matchesThePublishedValuesOfRepeatedBytes(int length, int value, String expected) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);

        long crc = Crc64.of(bytes);

        assertThat(Long.toUnsignedString(crc)).isEqualTo(expected);
    }

    @Test
    void doesNotDependOnHowTheBytesAreCut() {
        byte[] bytes = new byte[1000];
        new Random(1).nextBytes(bytes);
        Crc64 inPieces = new Crc64();

        for (int at = 0, step = 1; at < bytes.length; at += step, step++) {
            inPieces.update(ByteBuffer.wrap(bytes, at, Math.min(step, bytes.length - at)));
        }

        assertThat(inPieces.value()).isEqualTo(Crc64.of(bytes));
    }

    @Test
    void readsADirectBufferWithoutMovingIt() {
        ByteBuffer direct = ByteBuffer.allocateDirect(32);
        direct.put("xx123456789".getBytes(US_ASCII)).flip().position(2);
        Crc64 crc = new Crc64();

        crc.update(direct);

        assertThat(crc.value()).isEqualTo(0x995DC9BBDF1939FAL);
        assertThat(direct.remaining()).isEqualTo(9);
    }
}
