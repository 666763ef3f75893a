package io.sealgate.tls.fetch;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.share.FairPlaces;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The threads for fetches: one for sockets and timers, a few for long work such as reading lists, and those that look
 * up names. None of them serves clients. Thread-safe; the owner closes it.
 */
public final class FetchThreads implements AutoCloseable {

    private static final int WORKERS = 4;

    /** Handshakes that wait for an answer from outside, each on a thread. */
    private static final int MOST_HELD = 64;

    /** More than that waiting for a worker is refused. */
    private static final int WAITING = 1024;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("fetch-io", true), NioIoHandler.newFactory());

    private final ThreadPoolExecutor workers = pool(WORKERS, new LinkedBlockingQueue<>(WAITING), "fetch");

    /** Room for all that wait, and for as many as there are processors besides: who need not wait is not held up. */
    private final ThreadPoolExecutor handshakes =
            pool(MOST_HELD + Runtime.getRuntime().availableProcessors(), new LinkedBlockingQueue<>(), "handshake");

    private final LookUps lookUps = new LookUps();

    private final FairPlaces held = new FairPlaces(MOST_HELD);

    private static ThreadPoolExecutor pool(int size, BlockingQueue<Runnable> queue, String name) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, queue, new DefaultThreadFactory(name, true));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** For sockets and timers; nothing on it may block. */
    public EventLoop loop() {
        return loops.next();
    }

    /** Finds addresses. */
    LookUps lookUps() {
        return lookUps;
    }

    /**
     * For what takes long. Throws {@link java.util.concurrent.RejectedExecutionException} if there is too much of it.
     */
    public Executor workers() {
        return workers;
    }

    /** For judging clients in handshakes, where that may have to wait for an answer from outside. */
    public Executor handshakes() {
        return handshakes;
    }

    /**
     * Waits on a thread of {@link #handshakes} until {@code answer} is there, well or not, or {@code patience} is over;
     * not at all if too many wait already, or half of these for {@code client}.
     */
    public void hold(ClientKey client, CompletableFuture<?> answer, Duration patience) {
        if (answer.isDone() || !held.take(client)) {
            return;
        }
        try {
            answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return; // what is known by now has to do
        } finally {
            held.give(client);
        }
    }

    /** Ends what runs. Waits until sockets are closed. */
    @Override
    public void close() {
        handshakes.shutdownNow();
        workers.shutdownNow();
        lookUps.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
