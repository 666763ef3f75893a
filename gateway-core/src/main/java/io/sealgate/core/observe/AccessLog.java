package io.sealgate.core.observe;

import io.sealgate.core.spi.ExchangeListener;
import io.sealgate.core.spi.ExchangeReport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes one line of JSON for every exchange, never a query string (queries can carry signatures) and never a header but those that
 * {@link ExchangeReport} names. The lines go to a logger of their own at INFO; where that leads is the logging configuration's
 * affair. Thread-safe.
 */
public final class AccessLog implements ExchangeListener {

    /** Name of the logger that the lines go to. */
    public static final String LOGGER = "sealgate.access";

    private final Logger logger = LogManager.getLogger(LOGGER);

    @Override
    public void finished(ExchangeReport report) {
        logger.info(new AccessLine(report));
    }
}
