package io.sealgate.app.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Asks again and again until the answer is right, for a bounded time. */
final class Await {

    private static final long STEP_MILLIS = 20;

    private Await() {}

    /**
     * Returns the first value that satisfies {@code wanted}.
     *
     * @throws AssertionError if there is none in time, with the last value seen
     */
    static <T> T until(String what, Callable<T> value, Predicate<T> wanted) throws Exception {
        return until(what, TlsSocket.PATIENCE, value, wanted);
    }

    /** The same with a time of its own. */
    static <T> T until(String what, Duration patience, Callable<T> value, Predicate<T> wanted) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        T seen = value.call();
        while (!wanted.test(seen)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(what + ": still " + seen + " after " + patience);
            }
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS); // between two looks, not instead of one
            seen = value.call();
        }
        return seen;
    }
}
