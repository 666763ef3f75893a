package io.sealgate.origin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What arrived at the origin. Safe for any thread: event loops write it, tests read it. It grows until cleared, so a
 * long-running origin turns it off with {@link OriginOptions.Builder#logRequests}.
 */
public final class OriginLog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<RequestTrace> traces = new ArrayList<>();
    private final boolean recording;
    private long connectionsOpened;
    private long connectionsClosed;
    private long requestsSeen;

    OriginLog(boolean recording) {
        this.recording = recording;
    }

    /** Every request since the last {@link #clear}, in order of arrival. */
    public List<LoggedRequest> requests() {
        return locked(this::snapshot);
    }

    /** Connections accepted since the start; {@link #clear} does not touch it. */
    public long connectionsOpened() {
        return locked(() -> connectionsOpened);
    }

    /** Connections accepted and not yet closed. */
    public long connectionsOpen() {
        return locked(() -> connectionsOpened - connectionsClosed);
    }

    /** Request heads received since the start, recorded or not; {@link #clear} does not touch it. */
    public long requestsSeen() {
        return locked(() -> requestsSeen);
    }

    /** Forgets the requests. */
    public void clear() {
        change(traces::clear);
    }

    /**
     * Waits for a request that satisfies {@code condition} and returns the first such.
     *
     * @throws AssertionError if none does within {@code patience}; the message lists what did arrive
     */
    public LoggedRequest await(Predicate<LoggedRequest> condition, Duration patience) {
        return awaitAll(seen -> seen.stream().anyMatch(condition), patience).stream()
                .filter(condition)
                .findFirst()
                .orElseThrow();
    }

    /** Waits for {@code count} finished requests and returns all that arrived. */
    public List<LoggedRequest> awaitFinished(int count, Duration patience) {
        return awaitAll(seen -> seen.stream().filter(LoggedRequest::finished).count() >= count, patience);
    }

    /** Waits until no connection is open. */
    public void awaitNoConnections(Duration patience) {
        awaitAll(seen -> connectionsOpened == connectionsClosed, patience);
    }

    /** Waits until {@code condition} holds for the whole list and returns the list. */
    public List<LoggedRequest> awaitAll(Predicate<List<LoggedRequest>> condition, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            List<LoggedRequest> seen = snapshot();
            while (!condition.test(seen)) {
                if (left <= 0) {
                    throw new AssertionError("requests at the origin: " + describe(seen)
                            + " (expected: the awaited condition within " + patience + ")");
                }
                left = changed.awaitNanos(left);
                seen = snapshot();
            }
            return seen;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a request", interrupted);
        } finally {
            lock.unlock();
        }
    }

    long connectionOpened() {
        return change(() -> ++connectionsOpened);
    }

    void connectionClosed() {
        change(() -> connectionsClosed++);
    }

    RequestTrace arrived(RequestHead head) {
        return change(() -> {
            RequestTrace trace = new RequestTrace(this, head);
            requestsSeen++;
            if (recording) {
                traces.add(trace);
            }
            return trace;
        });
    }

    /** Applies a change and wakes who waits for one. */
    <T> T change(Supplier<T> action) {
        return locked(() -> {
            T result = action.get();
            changed.signalAll();
            return result;
        });
    }

    void change(Runnable action) {
        change(() -> {
            action.run();
            return true;
        });
    }

    private List<LoggedRequest> snapshot() {
        return traces.stream().map(RequestTrace::snapshot).toList();
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    /** Without queries and headers: either may carry a signature. */
    private static String describe(List<LoggedRequest> seen) {
        return seen.stream()
                .map(request -> request.method() + " " + request.head().path() + " -> " + request.status() + ", "
                        + request.bodyBytes() + " bytes" + (request.finished() ? "" : ", unfinished"))
                .toList()
                .toString();
    }
}
