package io.sealgate.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineBudgetTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
    private final LineBudget budget = new LineBudget(now::get);

    private long taken(Object kind, int client) {
        return IntStream.range(0, 1000)
                .filter(i -> budget.take(kind, client(client)))
                .count();
    }

    @Test
    void oneClientLeavesHalfOfTheLinesToOthers() {
        assertThat(taken("refused", 1)).isEqualTo(50);
        assertThat(taken("refused", 2)).isEqualTo(50);
        assertThat(taken("refused", 3)).isZero();
    }

    @Test
    void linesOfOneKindLeaveThoseOfOthersAlone() {
        IntStream.range(0, 1000).forEach(i -> budget.take("refused", null));

        assertThat(budget.take("refused", null)).isFalse();
        assertThat(budget.take("revoked", null)).isTrue();
    }

    @Test
    void thereAreMoreAfterAWhile() {
        assertThat(taken("refused", 1)).isEqualTo(50);
        now.addAndGet(Duration.ofSeconds(10).toNanos());

        assertThat(taken("refused", 1)).isEqualTo(50);
    }

    private static ClientKey client(int number) {
        return ClientKey.of(new InetSocketAddress("192.0.2." + number, 1));
    }

    @Test
    void aStateThatLastsIsSaidOnceAMinute() {
        LineBudget states = new LineBudget(now::get, 1, Duration.ofMinutes(1));

        assertThat(states.take("a", null)).isTrue();
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(states.take("a", null)).isFalse();
        assertThat(states.take("b", null)).isTrue();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(states.take("a", null)).isTrue();
    }
}
