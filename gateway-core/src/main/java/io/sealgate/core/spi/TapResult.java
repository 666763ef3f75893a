package io.sealgate.core.spi;

import io.sealgate.core.error.GatewayError;

/** What a {@link BodyTap} found. */
public sealed interface TapResult {

    /** The algorithm's name in logs and metrics: {@code md5}, {@code crc64}. */
    String algorithm();

    /** The digest as COS writes it, or empty if none was computed. */
    String value();

    /** The bytes are what was promised. */
    record Matched(String algorithm, String value) implements TapResult {}

    /** The bytes are not what was promised: the body must not be completed. */
    record Mismatched(String algorithm, String value, GatewayError.Corrupted error) implements TapResult {}

    /**
     * There was nothing to compare with.
     *
     * @param reason why, from a closed set: it is a metric tag
     */
    record NotChecked(String algorithm, String value, String reason) implements TapResult {}
}
