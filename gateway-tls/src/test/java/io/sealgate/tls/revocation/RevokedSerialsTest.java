package io.sealgate.tls.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevokedSerialsTest {

    private static final RevocationReason[] REASONS = RevocationReason.values();

    /** Against a hash map, with serials of all lengths, among them many that differ in one octet only. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 100, 5000, 100_000})
    void whatWasAddedIsFoundAndNothingElse(int count) {
        Random random = new Random(count);
        Map<BigInteger, RevocationReason> expected = new HashMap<>();
        RevokedSerials.Builder builder = new RevokedSerials.Builder();
        while (expected.size() < count) {
            BigInteger serial = serial(random);
            RevocationReason reason = REASONS[random.nextInt(REASONS.length)];
            if (expected.putIfAbsent(serial, reason) == null) {
                byte[] octets = serial.toByteArray();
                builder.add(octets, octets.length, reason.code());
            }
        }

        RevokedSerials revoked = builder.build();

        assertThat(revoked.size()).isEqualTo(count);
        expected.forEach((serial, reason) ->
                assertThat(revoked.reason(serial)).as(serial::toString).contains(reason));
        for (int i = 0; i < 10_000; i++) {
            BigInteger other = serial(random);
            assertThat(revoked.reason(other).isPresent()).as(other::toString).isEqualTo(expected.containsKey(other));
        }
    }

    private static BigInteger serial(Random random) {
        return random.nextBoolean()
                ? BigInteger.valueOf(random.nextInt(1 << 18))
                : new BigInteger(random.nextInt(RevokedSerials.LONGEST * Byte.SIZE), random);
    }

    @Test
    void serialThatIsThereTwiceIsFound() {
        RevokedSerials.Builder builder = new RevokedSerials.Builder();
        builder.add(new byte[] {5}, 1, 0);
        builder.add(new byte[] {5}, 1, 1);

        assertThat(builder.build().reason(BigInteger.valueOf(5))).isPresent();
    }

    @Test
    void countedUpSerialsCostNineOctetsEach() {
        RevokedSerials.Builder builder = new RevokedSerials.Builder();
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = BigInteger.valueOf(i).toByteArray();
            builder.add(octets, octets.length, 0);
        }

        assertThat(builder.build().bytes()).isBetween(900_000L, 1_100_000L);
    }
}
