package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Broken;
import io.sealgate.core.error.GatewayError.Overloaded;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.planning.AnswerEdit;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a small answer until all of it has come, and passes on what is made of it. What the taps see is what the origin sent. Confined to
 * the exchange's event loop; the exchange's load gives back what is kept.
 */
final class EditedAnswer implements Delivery {

    private final BodyGuard guard;
    private final AnswerEdit edit;
    private final ExchangeLoad load;
    private final DocumentBuffer document;
    private final IntFunction<Delivery> passage;
    private @Nullable Delivery passed;

    /** @param passage begins to send an answer of so many bytes; called once, when there is one */
    EditedAnswer(BodyGuard guard, AnswerEdit edit, ExchangeLoad load, IntFunction<Delivery> passage) {
        this.guard = guard;
        this.edit = edit;
        this.load = load;
        this.document = new DocumentBuffer(load, edit.longestBody());
        this.passage = passage;
    }

    @Override
    public @Nullable GatewayError pass(HttpContent chunk) {
        try {
            return switch (guard.look(chunk)) {
                case PASS -> keep(chunk.content());
                case HELD -> null;
                case COMPLETE -> complete(chunk.content());
                case TOO_LONG, TOO_SHORT -> new Broken("The storage service sent another length than it announced");
                case CORRUPT -> guard.mismatch();
            };
        } finally {
            chunk.release();
        }
    }

    /** Borrows {@code piece}. */
    private @Nullable GatewayError keep(ByteBuf piece) {
        if (piece.readableBytes() > edit.longestBody() - document.size()) {
            return new Broken("The storage service sent a longer answer than there can be");
        }
        return document.add(piece) ? null : tooMany();
    }

    private static GatewayError tooMany() {
        return new Overloaded("Too many documents at the same time");
    }

    private @Nullable GatewayError complete(ByteBuf last) {
        GatewayError error = null;
        ByteBuf held = guard.takeHeld();
        if (held != null) {
            error = keep(held);
            held.release();
        }
        if (error == null) {
            error = keep(last);
        }
        return error == null ? passOn() : error;
    }

    private @Nullable GatewayError passOn() {
        byte[] edited = edit.editBody(document.whole());
        if (edited == null) {
            return new Broken("The storage service sent something else than was asked for");
        }
        if (!load.takeDocument(edited.length)) {
            return tooMany();
        }
        Delivery client = passage.apply(edited.length);
        passed = client;
        return client.pass(new DefaultLastHttpContent(Unpooled.wrappedBuffer(edited)));
    }

    @Override
    public boolean isComplete() {
        return passed != null && passed.isComplete();
    }

    @Override
    public boolean hasBegun() {
        return passed != null;
    }

    @Override
    public long received() {
        return guard.seen();
    }

    @Override
    public long bytes() {
        return passed == null ? 0 : passed.bytes();
    }

    @Override
    public List<TapResult> results() {
        return guard.results();
    }

    @Override
    public void discard() {
        guard.discard();
        if (passed != null) {
            passed.discard();
        }
    }
}
