package io.sealgate.tls;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import java.time.Duration;

/**
 * When clients are told that their certificate ends.
 *
 * @param within from so long before its end on
 */
public record ExpiryNoticeConfig(Duration within) {

    public ExpiryNoticeConfig {
        within = requireNonNullElse(within, Duration.ofDays(30));
    }

    void check(Problems problems, String path) {
        if (within.isZero() || within.isNegative()) {
            problems.add(path + ".within", "within: " + within.toMillis() + "ms (expected: > 0)");
        }
    }
}
