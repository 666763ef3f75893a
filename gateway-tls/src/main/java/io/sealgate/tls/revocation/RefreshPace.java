package io.sealgate.tls.revocation;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When something is fetched again. Never exactly: many gateways that were started together would otherwise ask together for
 * ever.
 *
 * @param interval how long to wait at most after a success
 * @param random   from 0 to 1
 */
record RefreshPace(Duration interval, DoubleSupplier random) {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);
    private static final int MOST_DOUBLINGS = 16;

    /** After a success: in time for the next list to be there long before this one is stale. */
    Duration afterSuccess(Duration untilNextUpdate) {
        return jittered(least(interval, longest(untilNextUpdate.dividedBy(2), first())), 0.1);
    }

    /** After so many failures one after the other: longer each time. */
    Duration afterFailures(int count) {
        Duration doubled = first().multipliedBy(1L << Math.min(count - 1, MOST_DOUBLINGS));
        return jittered(least(doubled, longest(first(), least(interval, LAST_RETRY))), 0.5);
    }

    private Duration first() {
        return least(interval, FIRST_RETRY);
    }

    /** Shorter by up to {@code part}. */
    private Duration jittered(Duration duration, double part) {
        return Duration.ofNanos((long) (duration.toNanos() * (1 - part * random.getAsDouble())));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
