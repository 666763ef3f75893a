package io.sealgate.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sealgate.core.config.LimitsConfig;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * How many of its open files a process has for clients' connections. Where listeners together grant more there would be
 * none left to accept a connection with, or to reach an origin, before any client has its share. Immutable.
 *
 * @param files   for clients
 * @param granted connections that all listeners grant
 */
record FileBudget(long files, long granted) {

    private static final Logger LOG = LogManager.getLogger(FileBudget.class);

    /** Libraries, logs, listening sockets, management, fetches. */
    private static final int OTHER_FILES = 512;

    /**
     * Of a process.
     *
     * @param most      files that it may have open
     * @param origins   connections to all origins
     * @param listeners the limits of all listeners
     */
    static FileBudget of(long most, long origins, Collection<LimitsConfig> listeners) {
        return new FileBudget(
                Math.max(most / 2, most - OTHER_FILES - origins),
                listeners.stream().mapToLong(LimitsConfig::connections).sum());
    }

    /** Of this process; says so if it has too few. */
    static FileBudget ofThisProcess(long origins, Collection<LimitsConfig> listeners) {
        long most = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Integer.MAX_VALUE;
        FileBudget budget = of(most, origins, listeners);
        if (budget.granted > budget.files) {
            LOG.warn(
                    "limits.connections: {} of all listeners (expected: at most {}, for the process may have {} files"
                            + " open; each listener grants fewer in proportion)",
                    budget.granted,
                    budget.files,
                    most);
        }
        return budget;
    }

    /** What a listener can grant. */
    LimitsConfig affordable(LimitsConfig limits) {
        return granted <= files
                ? limits
                : limits.withConnections((int) Math.max(1, limits.connections() * files / granted));
    }
}
