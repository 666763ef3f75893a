package io.sealgate.origin;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A request's body on its way to a receiver, or to nobody. Confined to the connection's event loop. */
final class RequestBody {
    private final RequestTrace trace;
    private Step.@Nullable Receiver receiver;
    private long received;
    private boolean complete;

    RequestBody(RequestTrace trace) {
        this.trace = trace;
    }

    /** From now on bytes go to {@code taker}, which is ended by {@link #takeReceiver} or {@link #abandon}. */
    void giveTo(Step.Receiver taker) {
        receiver = taker;
    }

    /** Counts a piece. */
    void count(HttpContent content) {
        int bytes = content.content().readableBytes();
        received += bytes;
        trace.received(bytes);
        if (content instanceof LastHttpContent) {
            complete = true;
            trace.bodyComplete();
        }
    }

    /** Borrows {@code content}. */
    void write(HttpContent content) throws IOException {
        if (receiver != null) {
            receiver.write(content.content());
        }
    }

    long received() {
        return received;
    }

    boolean complete() {
        return complete;
    }

    /** Hands the receiver to the caller, who is to finish it; null if there is none any more. */
    Step.@Nullable Receiver takeReceiver() {
        Step.Receiver whole = receiver;
        receiver = null;
        return whole;
    }

    /** The rest, if there is one, goes to nobody, and nothing is kept of what came. */
    void abandon() {
        Step.Receiver unfinished = takeReceiver();
        if (unfinished != null) {
            try {
                unfinished.abort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
