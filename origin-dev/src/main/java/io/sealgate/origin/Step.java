package io.sealgate.origin;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** What is to be done with a request once its head is understood. */
sealed interface Step {
    /** Answer it now; a body is read and dropped. */
    record Reply(Answer answer) implements Step {}

    /** Give the body to the receiver and answer with what it says at the end. */
    record Receive(Receiver receiver) implements Step {}

    /** Takes one request body. Exactly one of {@link #finish} and {@link #abort} ends it, also after a thrown write. */
    interface Receiver {
        /** Borrows {@code bytes}. */
        void write(ByteBuf bytes) throws IOException;

        /** The body is whole. */
        Answer finish() throws IOException;

        /** The body will not be whole: leave no trace. */
        void abort() throws IOException;

        /** The byte at {@code offset} is to be kept inverted, though the body may have been verified. */
        default void spoil(long offset) {}

        /** Whether {@link #finish} copies whole files and so must not run on an event loop. */
        default boolean slow() {
            return false;
        }
    }
}
