package io.sealgate.origin;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something going wrong at the origin, or in an unusual way. Byte counts are payload bytes. Several faults may meet in
 * one exchange; where two speak of the same thing the later one in the script counts.
 */
public sealed interface Fault {
    /** The answer's head comes this much later. */
    record Delay(Duration before) implements Fault {}

    /** No answer at all; the connection stays open. */
    record Stall() implements Fault {}

    /** The answer's body stops after so many bytes; the connection stays open. */
    record StallAfter(long bytes) implements Fault {}

    /** The answer's body stops after so many bytes with a TCP reset. */
    record ResetAfter(long bytes) implements Fault {}

    /** The answer's body stops after so many bytes, short of its length, with an orderly close. */
    record Truncate(long bytes) implements Fault {}

    /** The byte at this offset of the answer's body is inverted; length and headers stay right. */
    record FlipByte(long offset) implements Fault {}

    /** The answer's body is chunked instead of counted. */
    record ChunkedBody() implements Fault {}

    /** A TCP reset once so many bytes of the request's body have arrived; zero: as soon as the head is there. */
    record ResetOnRequestBody(long bytes) implements Fault {}

    /** A final error right after the head, whatever the body was going to be; nothing is committed. */
    record EarlyAnswer(int status, String code, Then then) implements Fault {
        /** What becomes of the rest of the request. */
        public enum Then {
            /** Read and dropped; the connection lives on. */
            KEEP_READING,
            /** Close at once. With unread bytes under way the kernel makes this a reset: the worst case. */
            CLOSE,
            /** Neither read nor closed: the sender's window fills up. */
            STOP_READING
        }
    }

    /** This 1xx answer goes out as soon as the head is there. */
    record Interim(int status) implements Fault {}

    /**
     * The byte at this offset of the request's body is stored inverted, after the body was verified. The answer tells of what is stored,
     * its checksum included.
     */
    record FlipStoredByte(long offset) implements Fault {}

    /** Some other number in {@code x-cos-hash-crc64ecma}. */
    record WrongCrcHeader() implements Fault {}

    /** The answer's header of this name has this value instead; with {@code null} it is missing. */
    record Header(String name, @Nullable String value) implements Fault {}

    /** If the connection is reused: an orderly close on receipt of the head, before any byte of an answer. */
    record CloseReused() implements Fault {}

    /** The request is served, changes are committed, then the connection closes without an answer. */
    record DropBeforeResponse() implements Fault {}

    /** The answer is 200 with white space and then an {@code Error} in the body, as Complete and Copy may end. */
    record ErrorInBody(String code) implements Fault {}
}
