package io.sealgate.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A clock that tests put forward and back. For one thread. */
final class MovableClock implements InstantSource {

    /** Now, twice; before most certificates of the suite; after some; after all; and back. */
    static final List<Duration> STEPS = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofDays(-15),
            Duration.ofDays(15),
            Duration.ofDays(60),
            Duration.ZERO);

    private Instant now;

    MovableClock(Instant now) {
        this.now = now;
    }

    void set(Instant time) {
        now = time;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
