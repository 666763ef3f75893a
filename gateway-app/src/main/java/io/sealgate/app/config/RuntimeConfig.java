package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import io.sealgate.integrity.crc64.KernelSelection;
import java.time.Duration;

/**
 * How the process uses its machine.
 *
 * @param eventLoops  how many threads serve
 * @param transport   how sockets are driven
 * @param crc64Kernel what computes the checksums of objects
 * @param watchInterval how often files with keys, certificates and revocation lists are looked at
 */
public record RuntimeConfig(
        EventLoops eventLoops, Transport transport, KernelSelection.Choice crc64Kernel, Duration watchInterval) {

    public RuntimeConfig {
        eventLoops = requireNonNullElse(eventLoops, EventLoops.AUTO);
        transport = requireNonNullElse(transport, Transport.AUTO);
        crc64Kernel = requireNonNullElse(crc64Kernel, KernelSelection.Choice.AUTO);
        watchInterval = requireNonNullElse(watchInterval, Duration.ofSeconds(2));
    }

    /** Reports what cannot be meant. */
    void check(Problems problems, String path) {
        if (watchInterval.compareTo(Duration.ofMillis(10)) < 0 || watchInterval.compareTo(Duration.ofHours(1)) > 0) {
            problems.add(
                    path + ".watch-interval",
                    "watch-interval: " + DurationText.format(watchInterval) + " (expected: 10ms to 1h)");
        }
    }

    /** How sockets are driven. */
    public enum Transport {
        /** epoll where there is one. */
        AUTO,
        EPOLL,
        NIO
    }
}
