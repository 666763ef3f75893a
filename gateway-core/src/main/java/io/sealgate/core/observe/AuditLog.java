package io.sealgate.core.observe;

import io.sealgate.core.spi.DecisionListener;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes one line of JSON for every decision about what a client may do: allowed or denied, by which statement, none left out. The lines
 * go to a logger of their own at INFO. Event loops never wait for it; what is lost because nobody reads is counted, and
 * {@link #isIncomplete} for a while. Thread-safe.
 */
public final class AuditLog implements DecisionListener, AutoCloseable {

    /** Name of the logger that the lines go to. */
    public static final String LOGGER = "sealgate.audit";

    /** Long enough for a probe to notice. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private static final Logger LOG = LogManager.getLogger(AuditLog.class);

    private final LineWriter<Decision> writer;
    private final LongConsumer whenLost;
    private volatile long lostAt = System.nanoTime() - REMEMBERED.toNanos();

    /** @param whenLost told how many lines were lost, if any were */
    public AuditLog(LongConsumer whenLost) {
        this.whenLost = whenLost;
        writer = new LineWriter<>("sealgate-audit-log", LogManager.getLogger(LOGGER), AuditLine::new, this::lost);
    }

    @Override
    public void decided(Decision decision) {
        writer.add(decision);
    }

    private void lost(long lines) {
        lostAt = System.nanoTime();
        whenLost.accept(lines);
        LOG.error("audit log: {} lines lost (expected: a reader that keeps up)", lines);
    }

    /** Whether lines were lost in the last minute. */
    public boolean isIncomplete() {
        return System.nanoTime() - lostAt < REMEMBERED.toNanos();
    }

    /** Writes what is still waiting. Blocks until it is written, but not for ever. */
    @Override
    public void close() {
        writer.close();
    }
}
