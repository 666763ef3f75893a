package io.sealgate.tls.fetch;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.share.FairPlaces;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Resolves host names on threads of its own, because a look-up takes as long as the slowest name server. Callers that
 * ask for the same host at the same time share one look-up, so a host without an answer keeps one thread busy. One
 * owner has at most half of the threads. Thread-safe.
 */
final class LookUps implements AutoCloseable {

    private static final int MAX_THREADS = 64;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("look-up", true));

    private final FairPlaces places = new FairPlaces(MAX_THREADS);
    /** Guarded by itself. */
    private final Map<Question, CompletableFuture<List<InetAddress>>> underWay = new HashMap<>();

    private record Question(NameResolver resolver, String host) {}

    LookUps() {
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The addresses of {@code host}, at least one. Does not block. Fails with what {@code resolver} fails with, or with
     * a {@link RejectedExecutionException} if there is no thread for it.
     *
     * @param owner whose share of the threads it takes
     */
    CompletableFuture<List<InetAddress>> find(ClientKey owner, NameResolver resolver, String host) {
        Question question = new Question(resolver, host);
        CompletableFuture<List<InetAddress>> result = new CompletableFuture<>();
        synchronized (underWay) {
            CompletableFuture<List<InetAddress>> known = underWay.get(question);
            if (known != null) {
                return known;
            }
            if (!places.take(owner)) {
                return CompletableFuture.failedFuture(
                        new RejectedExecutionException("look-up: too many under way (expected: fewer)"));
            }
            underWay.put(question, result);
        }
        begin(owner, question, result);
        return result;
    }

    private void begin(ClientKey owner, Question question, CompletableFuture<List<InetAddress>> result) {
        try {
            threads.execute(() -> answer(owner, question, result));
        } catch (RejectedExecutionException e) {
            ended(owner, question);
            result.completeExceptionally(e);
        }
    }

    /** Completes the result last: a caller that asks again from there starts a new look-up. */
    private void answer(ClientKey owner, Question question, CompletableFuture<List<InetAddress>> result) {
        try {
            List<InetAddress> addresses = question.resolver().resolve(question.host());
            ended(owner, question);
            result.complete(addresses);
        } catch (UnknownHostException | RuntimeException | Error e) { // or nobody could ask for this host again
            ended(owner, question);
            result.completeExceptionally(e);
        }
    }

    private void ended(ClientKey owner, Question question) {
        synchronized (underWay) {
            underWay.remove(question);
        }
        places.give(owner);
    }

    /** Begins no more, and interrupts what runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
