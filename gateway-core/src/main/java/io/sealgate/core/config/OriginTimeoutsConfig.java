package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;

/**
 * How long the gateway waits for an origin. There is no limit on the total duration of a body.
 *
 * @param connect       TCP and TLS together
 * @param firstByte     from the end of the request to the first byte of the answer
 * @param slowOperations the same for operations that COS may take minutes for: Complete, Copy
 * @param idle          without a byte either way while a body is under way
 */
public record OriginTimeoutsConfig(Duration connect, Duration firstByte, Duration slowOperations, Duration idle) {

    public OriginTimeoutsConfig {
        connect = requireNonNullElse(connect, Duration.ofSeconds(5));
        firstByte = requireNonNullElse(firstByte, Duration.ofSeconds(30));
        slowOperations = requireNonNullElse(slowOperations, Duration.ofMinutes(10));
        idle = requireNonNullElse(idle, Duration.ofSeconds(60));
    }

    /** The defaults. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static OriginTimeoutsConfig defaults() {
        return new OriginTimeoutsConfig(null, null, null, null);
    }

    /** Reports values that cannot work. */
    public void check(Problems problems, String path) {
        Checks.positive(problems, path + ".connect", connect);
        Checks.positive(problems, path + ".first-byte", firstByte);
        Checks.positive(problems, path + ".slow-operations", slowOperations);
        Checks.positive(problems, path + ".idle", idle);
    }
}
