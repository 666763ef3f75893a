package io.sealgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaterialKeeperTest {

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class, StackOverflowError.class})
    void aLookThatFailsIsNotTheLastAndKeepsNoOtherFromItsOwn(Class<? extends Throwable> failure) throws Exception {
        CountDownLatch tried = new CountDownLatch(2);
        CountDownLatch others = new CountDownLatch(2);
        Runnable failing = () -> {
            tried.countDown();
            fail(failure);
        };

        MaterialKeeper keeper = MaterialKeeper.start(Duration.ofMillis(1), List.of(failing, others::countDown));
        try {
            assertThat(tried.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(others.await(5, TimeUnit.SECONDS)).isTrue();
        } finally {
            keeper.close();
        }
    }

    private static void fail(Class<? extends Throwable> failure) {
        if (failure.equals(IllegalStateException.class)) {
            throw new IllegalStateException("as a test has it");
        }
        if (failure.equals(OutOfMemoryError.class)) {
            throw new OutOfMemoryError("as a test has it");
        }
        throw new StackOverflowError("as a test has it");
    }
}
