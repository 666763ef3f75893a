package io.sealgate.core.observe;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.SimpleMessage;

/**
 * Takes lines to a logger without keeping event loops waiting: they only fill pages of their own. A thread looks every
 * {@value #PERIOD_MILLIS} ms and hands what is on them to the logger, many lines as one event. Waking a thread for every line would cost
 * the event loop more than the line itself. A reader that stalls for longer than the pages last costs lines, not requests. Thread-safe.
 */
final class LineWriter<T> implements AutoCloseable {

    private static final int PERIOD_MILLIS = 50;

    private final Logger logger;
    private final LongConsumer whenLost;
    private final List<LinePage<T>> pages = new CopyOnWriteArrayList<>();
    private final FastThreadLocal<LinePage<T>> page;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Starts the writing thread.
     *
     * @param name     of the thread
     * @param logger   gets the lines at INFO
     * @param formats  makes one for each page
     * @param whenLost told on the writing thread how many lines were lost, if any were
     */
    LineWriter(String name, Logger logger, Supplier<LineFormat<T>> formats, LongConsumer whenLost) {
        this.logger = logger;
        this.whenLost = whenLost;
        page = new FastThreadLocal<>() {
            @Override
            protected LinePage<T> initialValue() {
                LinePage<T> fresh = new LinePage<>(formats.get());
                pages.add(fresh);
                return fresh;
            }
        };
        thread = new Thread(this::writeUntilClosed, name);
        thread.setDaemon(true);
        thread.start();
    }

    void add(T event) {
        if (logger.isInfoEnabled()) {
            page.get().add(event);
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
        for (LinePage<T> each : pages) {
            each.takeTo(this::write);
            lost += each.takeLost();
        }
        if (lost > 0) {
            whenLost.accept(lost);
        }
    }

    /** In a message of its own: the text of one that the logger uses again would be copied twice more. */
    private void write(String lines) {
        Message message = new SimpleMessage(lines);
        logger.info(message);
    }

    /** Writes what is still waiting. Blocks until it is written, but not for ever. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
