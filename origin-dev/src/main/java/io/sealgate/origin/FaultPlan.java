package io.sealgate.origin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of one exchange, sorted by where they strike. Confined to the connection's event loop. */
final class FaultPlan {
    /** How a body ends before its end. */
    enum Cut {
        STALL,
        RESET,
        CLOSE
    }

    static final long NEVER = Long.MAX_VALUE;

    private Duration delay = Duration.ZERO;
    private boolean stalling;
    private boolean closingReused;
    private boolean droppingResponse;
    private boolean chunked;
    private boolean crcWrong;
    private long resetAt = NEVER;
    private long cutAt = NEVER;
    private Cut cut = Cut.CLOSE;
    private long flipAt = NEVER;
    private long flipStoredAt = NEVER;
    private Fault.@Nullable EarlyAnswer early;
    private @Nullable String errorInBody;
    private final List<Integer> interims = new ArrayList<>();
    private final List<Fault.Header> headers = new ArrayList<>();

    private FaultPlan() {}

    static FaultPlan of(List<Fault> faults) {
        FaultPlan plan = new FaultPlan();
        faults.forEach(plan::add);
        return plan;
    }

    private void add(Fault fault) {
        if (!addToExchange(fault) && !addToAnswer(fault)) {
            throw new IllegalArgumentException("fault: " + fault + " (expected: one this origin knows)");
        }
    }

    private boolean addToExchange(Fault fault) {
        if (fault instanceof Fault.Delay wait) {
            delay = wait.before();
        } else if (fault instanceof Fault.Stall) {
            stalling = true;
        } else if (fault instanceof Fault.CloseReused) {
            closingReused = true;
        } else if (fault instanceof Fault.DropBeforeResponse) {
            droppingResponse = true;
        } else if (fault instanceof Fault.ResetOnRequestBody reset) {
            resetAt = reset.bytes();
        } else if (fault instanceof Fault.FlipStoredByte flip) {
            flipStoredAt = flip.offset();
        } else if (fault instanceof Fault.EarlyAnswer answer) {
            early = answer;
        } else if (fault instanceof Fault.Interim interim) {
            interims.add(interim.status());
        } else {
            return false;
        }
        return true;
    }

    private boolean addToAnswer(Fault fault) {
        if (fault instanceof Fault.StallAfter stall) {
            cutAt(stall.bytes(), Cut.STALL);
        } else if (fault instanceof Fault.ResetAfter reset) {
            cutAt(reset.bytes(), Cut.RESET);
        } else if (fault instanceof Fault.Truncate truncate) {
            cutAt(truncate.bytes(), Cut.CLOSE);
        } else if (fault instanceof Fault.FlipByte flip) {
            flipAt = flip.offset();
        } else if (fault instanceof Fault.ChunkedBody) {
            chunked = true;
        } else if (fault instanceof Fault.WrongCrcHeader) {
            crcWrong = true;
        } else if (fault instanceof Fault.Header header) {
            headers.add(header);
        } else if (fault instanceof Fault.ErrorInBody error) {
            errorInBody = error.code();
        } else {
            return false;
        }
        return true;
    }

    private void cutAt(long bytes, Cut how) {
        cutAt = bytes;
        cut = how;
    }

    Duration delay() {
        return delay;
    }

    boolean stalling() {
        return stalling;
    }

    boolean closingReused() {
        return closingReused;
    }

    boolean droppingResponse() {
        return droppingResponse;
    }

    boolean chunked() {
        return chunked;
    }

    /** Request body bytes that provoke the reset. */
    long resetAt() {
        return resetAt;
    }

    /** Answer body bytes after which {@link #cut} happens. */
    long cutAt() {
        return cutAt;
    }

    Cut cut() {
        return cut;
    }

    long flipAt() {
        return flipAt;
    }

    /** Offset of the request body's byte that is stored inverted. */
    long flipStoredAt() {
        return flipStoredAt;
    }

    Fault.@Nullable EarlyAnswer early() {
        return early;
    }

    List<Integer> interims() {
        return interims;
    }

    /** Whether the answer's bytes go out as they are in the file. */
    boolean leavesBodyAlone() {
        return cutAt == NEVER && flipAt == NEVER && !chunked;
    }

    /** The answer as these faults want it. The original's file stays with whoever holds the result. */
    Answer disturb(Answer answer, RequestHead head, RequestIds ids) {
        if (errorInBody != null) {
            answer.close();
            return Errors.inside200(errorInBody, head, ids);
        }
        Headers changed = answer.headers();
        String crc64 = changed.first(OriginContext.CRC64).orElse(null);
        if (crcWrong && crc64 != null) {
            changed = changed.replacing(OriginContext.CRC64, Long.toUnsignedString(~Long.parseUnsignedLong(crc64)));
        }
        for (Fault.Header header : headers) {
            String value = header.value();
            changed = value == null ? changed.without(header.name()) : changed.replacing(header.name(), value);
        }
        return answer.with(changed);
    }
}
