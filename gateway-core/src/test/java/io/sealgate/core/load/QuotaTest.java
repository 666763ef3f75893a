package io.sealgate.core.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.spi.OverloadListener.Resource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class QuotaTest {

    private static final ClientLoad CLIENT = Clients.any();

    private final RecordedOverload overload = new RecordedOverload();
    private final Quota quota = new Quota(Resource.BODIES, 8, 4, overload);
    private final AtomicLong greedy = new AtomicLong();
    private final AtomicLong other = new AtomicLong();
    private final AtomicLong third = new AtomicLong();

    @Test
    void aClientHasNoMoreThanItsPartAndLeavesTheRestToOthers() {
        assertThat(quota.take(CLIENT, greedy, 4)).isTrue();

        assertThat(quota.take(CLIENT, greedy, 1)).isFalse();

        assertThat(quota.take(CLIENT, other, 4)).isTrue();
        assertThat(overload.events()).containsExactly("refused bodies client");
        assertThat(quota.isShort()).isFalse();
    }

    @Test
    void whatWasRefusedIsNotCharged() {
        quota.take(CLIENT, greedy, 3);

        quota.take(CLIENT, greedy, 2);

        assertThat(greedy).hasValue(3);
        assertThat(quota.take(CLIENT, greedy, 1)).isTrue();
    }

    @Test
    void shortageIsToldOnceWhenItBeginsAndOnceWhenItEnds() {
        quota.take(CLIENT, greedy, 4);
        quota.take(CLIENT, other, 4);
        quota.take(CLIENT, third, 1);
        quota.take(CLIENT, third, 1);

        quota.give(greedy, 1);
        assertThat(quota.isShort()).isTrue();
        quota.give(greedy, 1);

        assertThat(overload.events())
                .containsExactly("began bodies", "refused bodies process", "refused bodies process", "ended bodies");
        assertThat(third).hasValue(0);
    }
}
