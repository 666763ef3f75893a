package io.sealgate.integrity.crc64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64CombineTest {

    private final Random random = new Random(7);

    @Test
    void checksumsOfAdjacentPiecesCombine() {
        for (int round = 0; round < 200; round++) {
            byte[] whole = new byte[random.nextInt(5_000)];
            random.nextBytes(whole);
            int cut = random.nextInt(whole.length + 1);
            long first = Definition.checksum(Arrays.copyOf(whole, cut));
            long second = Definition.checksum(Arrays.copyOfRange(whole, cut, whole.length));

            assertThat(Crc64Combine.combine(first, second, whole.length - cut)).isEqualTo(Definition.checksum(whole));
        }
    }

    /** Lengths up to exabytes: what takes a step for each byte would not come to an end. */
    @Test
    void partsOfAnyLengthCombineInAnyOrder() {
        for (int round = 0; round < 200; round++) {
            long a = random.nextLong();
            long b = random.nextLong();
            long c = random.nextLong();
            long lengthOfB = random.nextLong() >>> (2 + random.nextInt(60));
            long lengthOfC = random.nextLong() >>> (2 + random.nextInt(60));

            long fromTheLeft = Crc64Combine.combine(Crc64Combine.combine(a, b, lengthOfB), c, lengthOfC);
            long fromTheRight = Crc64Combine.combine(a, Crc64Combine.combine(b, c, lengthOfC), lengthOfB + lengthOfC);

            assertThat(fromTheLeft).isEqualTo(fromTheRight);
        }
    }

    @Test
    void nothingChangesNothing() {
        assertThat(Crc64Combine.combine(5, 0, 0)).isEqualTo(5);
        assertThat(Crc64Combine.combine(0, 5, 1_000)).isEqualTo(5);
    }

    @Test
    void noPieceIsShorterThanNothing() {
        assertThatThrownBy(() -> Crc64Combine.combine(1, 1, -1)).hasMessage("length: -1 (expected: >= 0)");
    }
}
