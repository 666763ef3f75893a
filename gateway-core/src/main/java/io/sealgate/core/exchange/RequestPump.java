package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Rejected;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries the client's body to the origin: read → guard → write. A body of no bytes is judged before even the head leaves.
 * Confined to the exchange's event loop.
 */
final class RequestPump {

    private final RequestHead head;
    private final Downstream downstream;
    private final OriginLeg origin;
    private final BodyGuard guard;
    private final ByteSize limit;
    private boolean originReady;
    private boolean judgedGood;
    private boolean continueSent;

    RequestPump(RequestHead head, Downstream downstream, OriginLeg origin, List<BodyTap> taps, ByteSize limit) {
        this.head = head;
        this.downstream = downstream;
        this.origin = origin;
        this.limit = limit;
        guard = new BodyGuard(head.framing(), limit.bytes(), taps);
        if (hasBody()) {
            downstream.gate().pause(ReadGate.Pause.CONNECTING);
        }
    }

    /** The origin can be written to. */
    void originReady() {
        originReady = true;
        if (head.framing().isEmpty()) {
            sendEmptyIfGood();
            return;
        }
        origin.sendHead();
        origin.flush();
        if (head.expectContinue() && !continueSent) {
            continueSent = true;
            downstream.sendContinue();
        }
        downstream.gate().resume(ReadGate.Pause.CONNECTING);
        origin.flush(); // what waited at the gate came with a read that is long over
    }

    /** The connection died before anything was sent on it that cannot be sent again. */
    void originRetrying() {
        originReady = false;
        if (hasBody()) {
            downstream.gate().pause(ReadGate.Pause.CONNECTING);
        }
    }

    /**
     * Passes on the next piece of the body. Takes {@code chunk}.
     *
     * @return why the upload cannot go on, or {@code null} if all is well
     */
    @Nullable
    GatewayError pass(HttpContent chunk) {
        switch (guard.look(chunk)) {
            case PASS -> send(chunk);
            case HELD -> chunk.release();
            case COMPLETE -> complete(chunk);
            case TOO_LONG -> {
                chunk.release();
                return new Rejected(
                        CosErrorCode.ENTITY_TOO_LARGE, "Body: larger than allowed (expected: at most " + limit + ")");
            }
            case TOO_SHORT -> {
                chunk.release();
                return new Rejected(
                        CosErrorCode.INCOMPLETE_BODY,
                        "Body: shorter than its Content-Length (expected: every byte of it)",
                        true);
            }
            case CORRUPT -> {
                chunk.release();
                return guard.mismatch();
            }
        }
        return null;
    }

    private void send(HttpContent chunk) {
        if (chunk.content().isReadable()) {
            origin.send(chunk);
        } else {
            chunk.release();
        }
    }

    private void complete(HttpContent last) {
        judgedGood = true;
        if (head.framing().isEmpty()) {
            last.release();
            sendEmptyIfGood();
            return;
        }
        ByteBuf held = guard.takeHeld();
        if (held != null) {
            origin.send(new DefaultHttpContent(held));
        }
        // Trailers are not forwarded: COS knows none, and they could name fields that the head was checked for.
        origin.send(new DefaultLastHttpContent(last.content()));
        origin.flush();
    }

    private void sendEmptyIfGood() {
        if (originReady && judgedGood) {
            origin.sendHead();
            origin.send(LastHttpContent.EMPTY_LAST_CONTENT);
            origin.flush();
        }
    }

    /** True once every byte has been received and found good. */
    boolean isComplete() {
        return judgedGood;
    }

    /** True once all of it is on its way to the origin. */
    boolean hasLeft() {
        return judgedGood && originReady;
    }

    boolean hasBody() {
        return !head.framing().isEmpty();
    }

    /** True while bytes can flow to the origin. */
    boolean isUnderWay() {
        return originReady && hasBody();
    }

    /** Bytes of the body so far, as the origin is sent them. */
    long bytes() {
        return guard.seen();
    }

    List<TapResult> results() {
        return guard.results();
    }

    /** Releases what is withheld. */
    void discard() {
        guard.discard();
    }
}
