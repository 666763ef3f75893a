package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule that both directions share: every byte is counted and seen by the taps, and the body's last byte is not passed on
 * before every tap has agreed. For a body of known length the chunk that completes it is withheld until the message ends (an
 * HTTP/2 body may end in an empty frame, so "the last object" is not enough); for a streamed body the terminator is.
 *
 * <p>Confined to the exchange's event loop. Holds at most one chunk, until {@link #takeHeld()} or {@link #discard()}.
 */
final class BodyGuard {

    /** What is to be done with a chunk. */
    enum Step {
        /** Pass it on. */
        PASS,
        /** The guard has kept it; nothing is to be done. */
        HELD,
        /** The body is whole and good: pass on what is held, then this, then the end. */
        COMPLETE,
        /** Longer than announced, or than the limit. */
        TOO_LONG,
        /** Ended before its announced length. */
        TOO_SHORT,
        /** Whole, but not what its digest says: see {@link #mismatch()}. */
        CORRUPT
    }

    private static final long UNKNOWN = -1;

    private final long expected;
    private final long limit;
    private final List<BodyTap> taps;
    private List<TapResult> results = List.of();
    private long seen;
    private @Nullable ByteBuf held;
    private GatewayError.@Nullable Corrupted mismatch;

    /**
     * @param limit bytes that a streamed body may have
     */
    BodyGuard(BodyFraming framing, long limit, List<BodyTap> taps) {
        this.expected = framing instanceof BodyFraming.Fixed fixed ? fixed.bytes() : UNKNOWN;
        this.limit = limit;
        this.taps = taps;
    }

    /** Looks at the next chunk. Borrows it, and retains it if the answer is {@link Step#HELD}. */
    Step look(HttpContent chunk) {
        ByteBuf data = chunk.content();
        boolean last = chunk instanceof LastHttpContent;
        seen += data.readableBytes();
        if (expected == UNKNOWN ? seen > limit : seen > expected) {
            return Step.TOO_LONG;
        }
        // by index: the iterator that all lists share is compiled for none of them
        for (int i = 0; i < taps.size(); i++) {
            taps.get(i).update(data);
        }
        if (last) {
            return expected != UNKNOWN && seen < expected ? Step.TOO_SHORT : judge();
        }
        if (seen == expected && data.isReadable()) {
            held = data.retain();
            return Step.HELD;
        }
        return Step.PASS;
    }

    private Step judge() {
        List<TapResult> verdicts = new ArrayList<>(taps.size());
        for (int i = 0; i < taps.size(); i++) {
            TapResult result = taps.get(i).finish();
            verdicts.add(result);
            if (result instanceof TapResult.Mismatched mismatched) {
                mismatch = mismatched.error();
            }
        }
        results = List.copyOf(verdicts);
        return mismatch == null ? Step.COMPLETE : Step.CORRUPT;
    }

    /** Bytes looked at so far. */
    long seen() {
        return seen;
    }

    /** What the taps said; empty until the body is whole. */
    List<TapResult> results() {
        return results;
    }

    /** The reason behind {@link Step#CORRUPT}. */
    GatewayError.Corrupted mismatch() {
        if (mismatch == null) {
            throw new IllegalStateException("mismatch: none (expected: only asked for after CORRUPT)");
        }
        return mismatch;
    }

    /** Returns owned what was withheld, if anything. */
    @Nullable
    ByteBuf takeHeld() {
        ByteBuf taken = held;
        held = null;
        return taken;
    }

    /** Releases what was withheld. */
    void discard() {
        if (held != null) {
            held.release();
            held = null;
        }
    }
}
