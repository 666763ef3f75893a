package io.sealgate.core.config;

import io.sealgate.core.model.ByteSize;
import java.time.Duration;

/** The checks that several records share. */
final class Checks {

    private Checks() {}

    static void positive(Problems problems, String path, int value) {
        if (value <= 0) {
            problems.add(path, "number: " + value + " (expected: > 0)");
        }
    }

    static void between(Problems problems, String path, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(path, "number: " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    static void positive(Problems problems, String path, Duration value) {
        if (value.isZero() || value.isNegative()) {
            problems.add(path, "duration: " + value.toMillis() + "ms (expected: > 0)");
        }
    }

    static void between(Problems problems, String path, ByteSize value, ByteSize least, ByteSize most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(path, "size: " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
