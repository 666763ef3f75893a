package io.sealgate.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosResource;
import io.sealgate.integrity.AppendLedger.Grown;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AppendsInMemoryTest {

    private static final CosResource A = new CosResource("b", "r", "a");
    private static final CosResource B = new CosResource("b", "r", "b");
    private static final CosResource C = new CosResource("b", "r", "c");
    private static final Grown STATE = new Grown(1, 2);

    private static final ClientKey ONE = client(1);
    private static final ClientKey OTHER = client(2);

    private static ClientKey client(int number) {
        byte[] name = {(byte) number};
        return ClientKey.certified(name, name, List.of());
    }

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may overflow
    private final AppendLedger ledger = new AppendsInMemory(2, Duration.ofNanos(10), nanos::get);

    @Test
    void theLastStateOfAnObjectIsRemembered() {
        ledger.grew(ONE, A, STATE);
        ledger.grew(ONE, A, new Grown(3, 4));

        assertThat(ledger.find(A)).contains(new Grown(3, 4));
        assertThat(ledger.find(B)).isEmpty();
    }

    @Test
    void whenItIsFullTheObjectThatHasNotGrownForLongestIsForgotten() {
        ledger.grew(ONE, A, STATE);
        ledger.grew(ONE, B, STATE);
        ledger.grew(ONE, A, STATE);

        ledger.grew(ONE, C, STATE);

        assertThat(ledger.find(B)).isEmpty();
        assertThat(ledger.find(A)).contains(STATE);
        assertThat(ledger.find(C)).contains(STATE);
    }

    @Test
    void nothingIsRememberedForLongerThanItsTime() {
        ledger.grew(ONE, A, STATE);
        nanos.addAndGet(9);
        assertThat(ledger.find(A)).contains(STATE);
        nanos.addAndGet(1);

        assertThat(ledger.find(A)).isEmpty();
    }

    @Test
    void whoeverAppendsToMuchLosesItsOwnAndNobodyElses() {
        ledger.grew(OTHER, A, STATE);
        for (int number = 0; number < 50; number++) {
            ledger.grew(ONE, new CosResource("b", "r", "own" + number), STATE);
        }

        assertThat(ledger.find(A)).contains(STATE);
    }

    @Test
    void whatIsWrongIsForgotten() {
        ledger.grew(ONE, A, STATE);

        ledger.forget(A);

        assertThat(ledger.find(A)).isEmpty();
    }
}
