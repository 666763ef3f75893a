package io.sealgate.core.model;

/** How long a request body is, as RFC 9112 §6.3 decides it, once and for all, from the head. */
public sealed interface BodyFraming {

    /** No body and no {@code Content-Length} at all. */
    record None() implements BodyFraming {}

    /**
     * Exactly so many bytes follow. Zero is a body too: it was announced.
     *
     * @param bytes length of the body, 0 or more
     */
    record Fixed(long bytes) implements BodyFraming {
        public Fixed {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 0)");
            }
        }
    }

    /** Length unknown until the end: chunked on HTTP/1.1, no {@code content-length} on HTTP/2. */
    record Streamed() implements BodyFraming {}

    /** True if not a single body byte can follow. */
    default boolean isEmpty() {
        return this instanceof None || (this instanceof Fixed fixed && fixed.bytes() == 0);
    }
}
