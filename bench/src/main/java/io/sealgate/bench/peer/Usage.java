package io.sealgate.bench.peer;

import java.time.Duration;

/**
 * What a peer has consumed so far, over all its processes.
 *
 * @param cpu user and system time since its start
 * @param resident resident memory now, in bytes
 * @param peak the sum of each process's highest resident memory so far, in bytes
 */
public record Usage(Duration cpu, long resident, long peak) {
    static final Usage NONE = new Usage(Duration.ZERO, 0, 0);

    Usage plus(Usage other) {
        return new Usage(cpu.plus(other.cpu), resident + other.resident, peak + other.peak);
    }
}
