package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Rejected;
import io.sealgate.core.loop.FlushBatch;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.rewrite.ContentTypeScreen;
import io.sealgate.core.spi.BodyDecoder;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.upstream.UpstreamRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries the client's body to the origin: read → decode, if it is wrapped → guard → write. A body of no bytes is judged before even
 * the head leaves. Confined to the exchange's event loop.
 */
final class RequestPump {

    /** Asked when the body is whole and good, before its last byte is passed on. */
    @FunctionalInterface
    interface LastByteCheck {

        /** Why the last of the {@code bytes} of the body must not be sent, or {@code null} if it may. */
        @Nullable
        GatewayError objection(long bytes);
    }

    private final RequestHead head;
    private final Downstream downstream;
    private final Supplier<OriginLeg> origin;
    private final FlushBatch flushes;
    private final @Nullable HeldUpload held;
    private final BodyFraming framing;
    private final @Nullable BodyDecoder decoder;
    private final List<ByteBuf> decoded = new ArrayList<>();
    private final BodyGuard guard;
    private final @Nullable ContentTypeScreen screen;
    private final ByteSize limit;
    private final LastByteCheck lastByte;
    private boolean originReady;
    private boolean judgedGood;
    private boolean continueSent;

    /**
     * @param origin  where the body goes, as soon as it is ready
     * @param flushes of the event loop
     * @param held    keeps the body until it is whole, or {@code null} if it is passed on as it comes
     * @param lastByte asked before the last byte is sent
     */
    RequestPump(
            RequestHead head,
            Plan.Forward plan,
            Downstream downstream,
            Supplier<OriginLeg> origin,
            FlushBatch flushes,
            @Nullable HeldUpload held,
            LastByteCheck lastByte) {
        this.head = head;
        this.downstream = downstream;
        this.origin = origin;
        this.flushes = flushes;
        this.held = held;
        this.lastByte = lastByte;
        limit = plan.route().config().uploads().maxSizeOrDefault();
        framing = plan.request().framing();
        decoder = plan.uploadDecoder();
        screen = plan.screen();
        guard = new BodyGuard(framing, limit.bytes(), plan.uploadTaps());
        if (hasBody() && held == null) {
            downstream.gate().pause(ReadGate.Pause.CONNECTING);
        }
    }

    /** Whether the origin is not to be asked for before all of the body is here. */
    boolean isHeld() {
        return held != null;
    }

    /** The request for the origin, when all of the body is here. Call once. */
    UpstreamRequest digested(UpstreamRequest request) {
        return held == null ? request : request.withContentMd5(held.contentMd5());
    }

    /** The origin can be written to. */
    void originReady() {
        originReady = true;
        if (!hasBody()) {
            sendContinue(); // what wraps an empty body may still be to come
            sendEmptyIfGood();
            return;
        }
        origin.get().sendHead();
        if (held != null) {
            held.sendTo(origin.get());
            origin.get().flush();
            return;
        }
        origin.get().flush();
        sendContinue();
        downstream.gate().resume(ReadGate.Pause.CONNECTING);
        origin.get().flush(); // what waited at the gate came with a read that is long over
    }

    /** Lets a client begin that waits to be told so. */
    void sendContinue() {
        if (head.expectContinue() && !head.framing().isEmpty() && !continueSent) {
            continueSent = true;
            downstream.sendContinue();
        }
    }

    /** The connection died before anything was sent on it that cannot be sent again. */
    void originRetrying() {
        originReady = false;
        if (hasBody() && held == null) {
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
        return decoder == null ? guard(chunk) : decode(chunk, decoder);
    }

    private @Nullable GatewayError decode(HttpContent chunk, BodyDecoder unwrapping) {
        boolean last = chunk instanceof LastHttpContent;
        GatewayError error = unwrapping.decode(chunk.content(), decoded);
        for (ByteBuf piece : decoded) {
            if (error == null) {
                error = guard(new DefaultHttpContent(piece));
            } else {
                piece.release();
            }
        }
        decoded.clear();
        if (error == null && last) {
            error = unwrapping.finish();
        }
        return error == null && last ? guard(LastHttpContent.EMPTY_LAST_CONTENT) : error;
    }

    private @Nullable GatewayError guard(HttpContent chunk) {
        BodyGuard.Step step = guard.look(chunk);
        GatewayError denial = screen(step, chunk);
        if (denial != null) {
            chunk.release();
            return denial;
        }
        switch (step) {
            case PASS -> send(chunk);
            case HELD -> chunk.release();
            case COMPLETE -> {
                return complete(chunk);
            }
            case TOO_LONG -> {
                chunk.release();
                return new Rejected(
                        CosErrorCode.ENTITY_TOO_LARGE, "Body: larger than allowed (expected: at most " + limit + ")");
            }
            case TOO_SHORT -> {
                chunk.release();
                return new Rejected(
                        CosErrorCode.INCOMPLETE_BODY,
                        "Body: shorter than announced (expected: every byte of it)",
                        true);
            }
            case CORRUPT -> {
                chunk.release();
                return guard.mismatch();
            }
        }
        return null;
    }

    /** A body that is over its length, or corrupt, is refused for that. */
    private @Nullable GatewayError screen(BodyGuard.Step step, HttpContent chunk) {
        return switch (step) {
            case PASS, HELD, COMPLETE ->
                screen == null ? null : screen.look(chunk.content(), step == BodyGuard.Step.COMPLETE);
            case TOO_LONG, TOO_SHORT, CORRUPT -> null;
        };
    }

    private void send(HttpContent chunk) {
        if (chunk.content().isReadable()) {
            passOn(chunk);
        } else {
            chunk.release();
        }
    }

    private void passOn(HttpContent chunk) {
        if (held == null) {
            origin.get().send(chunk);
        } else {
            held.add(chunk);
        }
    }

    private @Nullable GatewayError complete(HttpContent last) {
        GatewayError objection = lastByte.objection(guard.seen());
        if (objection != null) {
            last.release();
            return objection;
        }
        judgedGood = true;
        if (!hasBody()) {
            last.release();
            sendEmptyIfGood();
            return null;
        }
        ByteBuf end = guard.takeHeld();
        if (end != null) {
            passOn(new DefaultHttpContent(end));
        }
        // Trailers are not forwarded: COS knows none, and they could name fields that the head was checked for.
        passOn(new DefaultLastHttpContent(last.content()));
        origin.get().flush();
        return null;
    }

    private void sendEmptyIfGood() {
        if (originReady && judgedGood) {
            origin.get().sendAll(flushes);
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

    /** Whether the origin will be sent bytes. */
    boolean hasBody() {
        return !framing.isEmpty();
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
        if (held != null) {
            held.discard();
        }
    }
}
