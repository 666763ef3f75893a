package io.sealgate.integrity;

import io.sealgate.integrity.PartLedger.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The size that one part of a multipart upload may have. It may be sent several times, and some responses may not be
 * seen. Which attempt the origin stored last is unknown, so the part counts with the largest that was not refused. Not
 * thread-safe.
 */
final class SentPart {

    /** So many unanswered attempts can be taken back one by one; of older ones the largest counts until the end. */
    private static final int MAX_UNANSWERED = 4;

    private static final long NONE = -1;

    private final Deque<Long> unanswered = new ArrayDeque<>(1);
    private long largest = NONE;
    private @Nullable Part stored;

    void sent(long bytes) {
        unanswered.add(bytes);
        if (unanswered.size() > MAX_UNANSWERED) {
            largest = Math.max(largest, unanswered.remove());
        }
    }

    void refused(long bytes) {
        unanswered.removeFirstOccurrence(bytes);
    }

    void stored(Part part) {
        unanswered.removeFirstOccurrence(part.bytes());
        largest = Math.max(largest, part.bytes());
        stored = part;
    }

    Optional<Part> stored() {
        return Optional.ofNullable(stored);
    }

    /** Whether every attempt was refused. */
    boolean isNothing() {
        return unanswered.isEmpty() && largest == NONE;
    }

    /** The largest size that it may have, in bytes. */
    long bytes() {
        long most = Math.max(largest, 0);
        for (long bytes : unanswered) {
            most = Math.max(most, bytes);
        }
        return most;
    }
}
