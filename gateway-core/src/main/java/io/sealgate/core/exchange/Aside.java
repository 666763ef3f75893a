package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.load.ClientLoad;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.upstream.UpstreamPool;
import io.sealgate.core.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request of the gateway's own, beside what the client asked for. The client sees nothing of the answer; its body goes to a tap or to
 * nobody. Confined to the exchange's event loop; owns its origin connection until it has ended.
 */
final class Aside implements OriginLeg.Events, OriginAnswer.Sink {

    /** Learns what became of it, unless it is closed before. */
    @FunctionalInterface
    interface Listener {
        /** It has ended; {@code answer} is the head of an answer that has come whole, or {@code null} if there is none. */
        void ended(@Nullable HttpResponse answer);
    }

    private final OriginLeg leg;
    private final @Nullable BodyTap tap;
    private final Listener listener;
    private final OriginAnswer answer = new OriginAnswer(this);
    private @Nullable HttpResponse head;
    private boolean over;

    /** @param tap fed with the answer's body, whatever the answer */
    Aside(UpstreamPool pool, UpstreamRequest request, ClientLoad client, @Nullable BodyTap tap, Listener listener) {
        leg = new OriginLeg(pool, request, client, this);
        this.tap = tap;
        this.listener = listener;
    }

    void begin() {
        leg.open();
    }

    /** It has taken too long. */
    void giveUp() {
        leg.close();
        end(null);
    }

    /** Nobody wants to know any more. Idempotent. */
    void close() {
        over = true;
        leg.close();
    }

    @Override
    public void originReady() {
        leg.sendAll(); // at once: a client that goes before the round is over must not take this along
    }

    @Override
    public void originRetrying() {}

    @Override
    public void originSent(HttpObject message) {
        answer.received(message);
    }

    @Override
    public void originReadComplete() {}

    @Override
    public void originWritable(boolean writable) {}

    @Override
    public void originLost(GatewayError error) {
        end(null);
    }

    @Override
    public void answerBegins(HttpResponse begun) {
        head = begun;
    }

    @Override
    public void answerBody(HttpContent chunk) {
        if (tap != null) {
            tap.update(chunk.content());
        }
        boolean isWhole = chunk instanceof LastHttpContent;
        chunk.release();
        if (isWhole) {
            leave();
            end(head);
        }
    }

    private void leave() {
        if (head != null && HttpUtil.isKeepAlive(head)) {
            leg.release();
        } else {
            leg.close();
        }
    }

    @Override
    public void answerBroken(GatewayError error) {
        giveUp();
    }

    private void end(@Nullable HttpResponse whole) {
        if (!over) {
            over = true;
            listener.ended(whole);
        }
    }
}
