package io.sealgate.core.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Broken;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a small answer until all of it has come and been found good; only then does the client hear of it. Until then it can be
 * thrown away and fetched again. Confined to the exchange's event loop; owns what it keeps until it is passed on or discarded.
 */
final class HeldAnswer implements Delivery {

    private final BodyGuard guard;
    private final Supplier<Delivery> passage;
    private final WaitingMessages held = new WaitingMessages();
    private @Nullable Delivery passed;

    /** @param passage begins to send the answer; called once, when it has been found good */
    HeldAnswer(BodyGuard guard, Supplier<Delivery> passage) {
        this.guard = guard;
        this.passage = passage;
    }

    @Override
    public @Nullable GatewayError pass(HttpContent chunk) {
        switch (guard.look(chunk)) {
            case PASS -> held.add(chunk);
            case HELD -> chunk.release();
            case COMPLETE -> {
                return passOn(chunk);
            }
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

    private @Nullable GatewayError passOn(HttpContent last) {
        Delivery client = passage.get();
        passed = client;
        ByteBuf end = guard.takeHeld();
        if (end == null && held.isEmpty()) {
            return client.pass(last); // all of it came in one piece, as small objects mostly do
        }
        if (end != null) {
            held.add(new DefaultHttpContent(end));
        }
        held.add(last);
        GatewayError error = null;
        while (error == null && !held.isEmpty()) {
            error = client.pass((HttpContent) held.remove());
        }
        return error;
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
        held.discard();
        if (passed != null) {
            passed.discard();
        }
    }
}
