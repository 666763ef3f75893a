package io.sealgate.core.observe;

import io.sealgate.core.spi.ExchangeListener;
import io.sealgate.core.spi.ExchangeReport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes one line of JSON for every exchange, never a query string (queries can carry signatures) and never a header but those that
 * {@link ExchangeReport} names. The lines go to a logger of their own at INFO; where that leads is the logging configuration's
 * affair. Lines that are lost because nobody reads them are said in the log. Thread-safe.
 */
public final class AccessLog implements ExchangeListener, AutoCloseable {

    /** Name of the logger that the lines go to. */
    public static final String LOGGER = "sealgate.access";

    private static final Logger LOG = LogManager.getLogger(AccessLog.class);

    private final LineWriter<ExchangeReport> writer = new LineWriter<>(
            "sealgate-access-log",
            LogManager.getLogger(LOGGER),
            AccessLine::new,
            lost -> LOG.warn("access log: {} lines lost (expected: a reader that keeps up)", lost));

    @Override
    public void finished(ExchangeReport report) {
        writer.add(report);
    }

    /** Writes what is still waiting. Blocks until it is written, but not for ever. */
    @Override
    public void close() {
        writer.close();
    }
}
