package io.sealgate.core.observe;

import io.netty.util.concurrent.FastThreadLocal;
import io.sealgate.core.spi.ExchangeListener;
import io.sealgate.core.spi.ExchangeReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes one line of JSON for every exchange, never a query string (queries can carry signatures) and never a header but those that
 * {@link ExchangeReport} names. The lines go to a logger of their own at INFO; where that leads is the logging configuration's
 * affair.
 *
 * <p>Event loops only fill pages of their own: a thread looks every {@value #PERIOD_MILLIS} ms and hands what is on them to the
 * logger, many lines as one event. Waking a thread for every line would cost the event loop more than the line itself. A reader that
 * stalls for longer than the pages last costs lines, not requests; how many is said in the log. Thread-safe.
 */
public final class AccessLog implements ExchangeListener, AutoCloseable {

    /** Name of the logger that the lines go to. */
    public static final String LOGGER = "sealgate.access";

    private static final Logger LOG = LogManager.getLogger(AccessLog.class);
    private static final int PERIOD_MILLIS = 50;

    private final Logger logger = LogManager.getLogger(LOGGER);
    private final List<AccessPage> pages = new CopyOnWriteArrayList<>();
    private final FastThreadLocal<AccessPage> page = new FastThreadLocal<>() {
        @Override
        protected AccessPage initialValue() {
            AccessPage fresh = new AccessPage();
            pages.add(fresh);
            return fresh;
        }
    };
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer = new Thread(this::writeUntilClosed, "sealgate-access-log");

    /** Starts the writing thread. */
    public AccessLog() {
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void finished(ExchangeReport report) {
        if (logger.isInfoEnabled()) {
            page.get().add(report);
        }
    }

    private void writeUntilClosed() {
        try {
            while (!closing.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                writeAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writeAll();
    }

    private void writeAll() {
        long lost = 0;
        for (AccessPage each : pages) {
            String lines = each.take();
            if (!lines.isEmpty()) {
                logger.info(lines);
            }
            lost += each.takeLost();
        }
        if (lost > 0) {
            LOG.warn("access log: {} lines lost (expected: a reader that keeps up)", lost);
        }
    }

    /** Writes what is still waiting. Blocks until it is written, but not for ever. */
    @Override
    public void close() {
        closing.countDown();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
