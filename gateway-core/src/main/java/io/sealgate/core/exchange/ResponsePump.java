package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Broken;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries the origin's answer to the client: read → guard → write. If the guard finds the body wanting, its last byte never
 * leaves and the caller breaks the message off. Confined to the exchange's event loop.
 */
final class ResponsePump implements Delivery {

    private static final String PROOF = "x-sealgate-";

    private final Downstream downstream;
    private final BodyGuard guard;
    private final Supplier<List<TapResult>> verdicts;
    private final Runnable whenSent;
    private boolean complete;
    private long passedOn;

    private ResponsePump(
            Downstream downstream, BodyGuard guard, Supplier<List<TapResult>> verdicts, Runnable whenSent) {
        this.downstream = downstream;
        this.guard = guard;
        this.verdicts = verdicts;
        this.whenSent = whenSent;
    }

    /**
     * Sends the head on and stands ready for the body. Takes {@code head}, which says what the client is to see.
     *
     * @param framing      how long the body will be
     * @param guard        has not seen any of it
     * @param verdicts     what the taps say once all of it has been seen
     * @param lastExchange whether the downstream connection ends with this answer
     * @param whenSent     as in {@link Downstream#end}
     */
    static ResponsePump begin(
            Downstream downstream,
            HttpResponse head,
            BodyFraming framing,
            BodyGuard guard,
            Supplier<List<TapResult>> verdicts,
            boolean lastExchange,
            Runnable whenSent) {
        downstream.begin(head, !framing.isEmpty(), lastExchange);
        return new ResponsePump(downstream, guard, verdicts, whenSent);
    }

    @Override
    public @Nullable GatewayError pass(HttpContent chunk) {
        switch (guard.look(chunk)) {
            case PASS -> send(chunk);
            case HELD -> chunk.release();
            case COMPLETE -> complete(chunk);
            case TOO_LONG, TOO_SHORT -> {
                chunk.release();
                return new Broken("The storage service sent another length than it announced");
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
            passedOn += chunk.content().readableBytes();
            downstream.write(chunk);
        } else {
            chunk.release();
        }
    }

    private void complete(HttpContent last) {
        complete = true;
        ByteBuf held = guard.takeHeld();
        if (held != null) {
            passedOn += held.readableBytes();
            downstream.write(new DefaultHttpContent(held));
        }
        passedOn += last.content().readableBytes();
        downstream.end(end(last.content()), whenSent);
    }

    /** Takes {@code content}. */
    private LastHttpContent end(ByteBuf content) {
        if (!downstream.takesTrailers()) {
            return new DefaultLastHttpContent(content, EmptyHttpHeaders.INSTANCE);
        }
        LastHttpContent end = new DefaultLastHttpContent(content);
        prove(end.trailingHeaders());
        return end;
    }

    /** Says what was computed, so that a client may compare it with what it computes itself. */
    private void prove(HttpHeaders trailers) {
        for (TapResult verdict : verdicts.get()) {
            if (!verdict.value().isEmpty()) {
                trailers.set(PROOF + verdict.algorithm(), verdict.value());
            }
        }
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public boolean hasBegun() {
        return true;
    }

    @Override
    public long received() {
        return guard.seen();
    }

    @Override
    public long bytes() {
        return passedOn;
    }

    @Override
    public List<TapResult> results() {
        return guard.results();
    }

    @Override
    public void discard() {
        guard.discard();
    }
}
