package io.sealgate.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for the expected number of conversations, or for the first failure, whichever is sooner. Counted down on the
 * client's one event loop, awaited elsewhere.
 */
final class Tally implements Outcome {
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    private int left;

    Tally(int expected) {
        left = expected;
    }

    @Override
    public void succeeded() {
        left--;
        if (left == 0) {
            settled.complete(null);
        }
    }

    @Override
    public void failed(Throwable cause) {
        settled.completeExceptionally(cause);
    }

    boolean hasFailed() {
        return settled.isCompletedExceptionally();
    }

    void await(Duration deadline) throws IOException {
        try {
            settled.get(deadline.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            settled.completeExceptionally(e);
            throw new IOException("load: not answered within " + deadline, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("load: interrupted", e);
        }
    }
}
