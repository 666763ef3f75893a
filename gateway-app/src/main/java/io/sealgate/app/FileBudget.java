package io.sealgate.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sealgate.core.config.LimitsConfig;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * How many files the process may open for clients' connections. If the listeners together granted more, none would be
 * left to accept a connection or to reach an origin, before any client has reached its share. Immutable.
 *
 * @param files   that the process may open for clients
 * @param granted sum of the connection limits of all listeners
 */
record FileBudget(long files, long granted) {

    private static final Logger LOG = LogManager.getLogger(FileBudget.class);

    /** For libraries, logs, listening sockets, management and fetches. */
    private static final int OTHER_FILES = 512;

    /**
     * The budget of a process.
     *
     * @param maxFiles  that it may have open
     * @param origins   connections to all origins
     * @param listeners the limits of all listeners
     */
    static FileBudget of(long maxFiles, long origins, Collection<LimitsConfig> listeners) {
        return new FileBudget(
                Math.max(maxFiles / 2, maxFiles - OTHER_FILES - origins),
                listeners.stream().mapToLong(LimitsConfig::connections).sum());
    }

    /** The budget of this process. Logs a warning if the listeners grant more. */
    static FileBudget ofThisProcess(long origins, Collection<LimitsConfig> listeners) {
        long maxFiles = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
        FileBudget budget = of(maxFiles, origins, listeners);
        if (budget.granted > budget.files) {
            LOG.warn(
                    "limits.connections: {} of all listeners (expected: at most {}, because the process may have {}"
                            + " files open; each listener grants fewer in proportion)",
                    budget.granted,
                    budget.files,
                    maxFiles);
        }
        return budget;
    }

    /** The limits of a listener, with fewer connections if all listeners grant too many. */
    LimitsConfig affordable(LimitsConfig limits) {
        return granted <= files
                ? limits
                : limits.withConnections((int) Math.max(1, limits.connections() * files / granted));
    }
}
