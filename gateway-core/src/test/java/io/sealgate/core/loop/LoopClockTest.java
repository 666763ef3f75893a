package io.sealgate.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LoopClockTest {

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final LoopClock clock = new LoopClock(loop::add);

    @Test
    void withinARoundTimeStands() throws InterruptedException {
        long nanos = clock.nanoTime();
        Instant instant = clock.instant();

        Thread.sleep(2);

        assertThat(clock.nanoTime()).isEqualTo(nanos);
        assertThat(clock.instant()).isEqualTo(instant);
        assertThat(loop).hasSize(1);
    }

    @Test
    void theNextRoundHasATimeOfItsOwn() throws InterruptedException {
        long nanos = clock.nanoTime();
        Instant instant = clock.instant();

        Thread.sleep(2);
        endRound();

        assertThat(clock.nanoTime() - nanos)
                .isGreaterThanOrEqualTo(Duration.ofMillis(2).toNanos());
        assertThat(clock.instant()).isAfter(instant);
        assertThat(loop).hasSize(1);
    }

    @Test
    void whoAsksOnlyForTheInstantGetsThisRounds() throws InterruptedException {
        Instant first = clock.instant();
        endRound();
        Thread.sleep(2);

        assertThat(clock.instant()).isAfter(first);
    }

    private void endRound() {
        for (Runnable task = loop.poll(); task != null; task = loop.poll()) {
            task.run();
        }
    }
}
