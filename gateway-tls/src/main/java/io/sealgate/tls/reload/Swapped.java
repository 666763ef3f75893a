package io.sealgate.tls.reload;

import java.util.function.Function;

/**
 * Something that is replaced as a whole while others use it, and closed then. Thread-safe; one thread at a time replaces.
 *
 * @param <T> throws {@link IllegalStateException} if it is used after having been closed
 */
public final class Swapped<T extends AutoCloseable> {

    private volatile T current;

    /** Takes {@code first}. */
    public Swapped(T first) {
        this.current = first;
    }

    /** What is in force now. It may be closed at any moment. */
    public T current() {
        return current;
    }

    /** Does something with what is in force: if that is replaced in this very moment, with what comes after it. */
    public <R> R use(Function<T, R> action) {
        T tried = current;
        while (true) {
            try {
                return action.apply(tried);
            } catch (IllegalStateException e) {
                T next = current;
                if (next == tried) {
                    throw e;
                }
                tried = next;
            }
        }
    }

    /** From now on {@code next} is in force. Takes it, and closes what was in force before. */
    public void replace(T next) {
        T last = current;
        current = next;
        close(last);
    }

    /** Closes what is in force. */
    public void close() {
        close(current);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("close: failed (expected: releases native memory and nothing else)", e);
        }
    }
}
