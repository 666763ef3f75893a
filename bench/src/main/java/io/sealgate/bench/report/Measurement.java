package io.sealgate.bench.report;

import java.time.Duration;
import java.util.Optional;

/**
 * One row done once on one rung.
 *
 * @param cpu the proxy's own CPU time, or empty on the rung that has no proxy
 * @param resident the proxy's resident memory afterwards, in bytes
 * @param peak its highest resident memory since its start, in bytes
 */
public record Measurement(
        String work, String rung, int round, Duration wall, Optional<Duration> cpu, long resident, long peak) {}
