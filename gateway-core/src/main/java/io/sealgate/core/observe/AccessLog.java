package io.sealgate.core.observe;

import io.sealgate.core.spi.ExchangeListener;
import io.sealgate.core.spi.ExchangeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Writes one line of JSON for every exchange, never a query string (queries can carry signatures) and never a header but those that
 * {@link ExchangeReport} names. The lines go to a logger of their own at INFO; where that leads is the logging configuration's
 * affair.
 *
 * <p>Event loops only queue: a thread of its own looks every {@value #PERIOD_MILLIS} ms and writes what has come in as one event
 * of several lines. Waking a thread for every line costs the event loop more than the line itself. A reader that stalls for
 * longer than the queue lasts costs lines, not requests; how many is said in the log. Thread-safe.
 */
public final class AccessLog implements ExchangeListener, AutoCloseable {

    /** Name of the logger that the lines go to. */
    public static final String LOGGER = "sealgate.access";

    private static final Logger LOG = LogManager.getLogger(AccessLog.class);
    private static final int PERIOD_MILLIS = 50;
    private static final int CAPACITY = 16 * 1024;
    private static final int LINES_PER_EVENT = 256;

    private final Logger logger = LogManager.getLogger(LOGGER);
    private final BlockingQueue<ExchangeReport> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder lost = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread writer = new Thread(this::writeUntilClosed, "sealgate-access-log");

    /** Starts the writing thread. */
    public AccessLog() {
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void finished(ExchangeReport report) {
        if (logger.isInfoEnabled() && !waiting.offer(report)) {
            lost.increment();
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
        List<ExchangeReport> reports = new ArrayList<>();
        while (waiting.drainTo(reports, LINES_PER_EVENT) > 0) {
            logger.info(new AccessLines(reports));
            reports = new ArrayList<>();
        }
        long missing = lost.sumThenReset();
        if (missing > 0) {
            LOG.warn("access log: {} lines lost (expected: a reader that keeps up)", missing);
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
