package io.sealgate.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.loop.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeadTimerTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final EventLoop loop = new DefaultEventLoop();
    private final CountDownLatch expired = new CountDownLatch(1);

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void aHeadThatBeganWhileAnotherWasAnsweredIsTimed() throws Exception {
        after(limits(Duration.ofMillis(20), LONG), timer -> {
            timer.await();
            timer.begun();
            timer.complete();
            timer.begun();
            timer.await();
        });

        assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHeadBehindOthersThatWaitedIsTimed() throws Exception {
        after(limits(Duration.ofMillis(20), LONG), timer -> {
            timer.await();
            timer.begun();
            timer.complete();
            timer.begun();
            timer.begun();
            timer.await();
            timer.complete();
            timer.await();
        });

        assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aConnectionOnWhichNothingBeganIsIdle() throws Exception {
        after(limits(LONG, Duration.ofMillis(20)), timer -> {
            timer.await();
            timer.begun();
            timer.complete();
            timer.await();
        });

        assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void after(LimitsConfig limits, Consumer<HeadTimer> story) throws Exception {
        loop.submit(() -> story.accept(new HeadTimer(new Deadline(loop), limits, expired::countDown)))
                .get();
    }

    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    private static LimitsConfig limits(Duration header, Duration idle) {
        return new LimitsConfig(null, null, header, idle, null, null, null, null, null, null, null, null);
    }
}
