package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.GatewayError.Broken;

/**
 * Tells interim answers (RFC 9110 §15.2) from the final one, and malformed ones from both, in what an origin sends. An origin that has
 * nothing but interim ones to say, or leaves HTTP without having been asked to, is broken. Confined to the exchange's event
 * loop.
 */
final class OriginAnswer {

    /** Takes what is left after the telling apart. */
    interface Sink {
        /** The final answer begins. Takes {@code head}. */
        void answerBegins(HttpResponse head);

        /** A piece of the final answer's body. Takes {@code chunk}. */
        void answerBody(HttpContent chunk);

        void answerBroken(GatewayError error);
    }

    /** More than any origin has a use for. Each costs the gateway time and tells the client nothing. */
    private static final int MAX_INTERIM = 16;

    private final Sink sink;
    private boolean inInterim;
    private int interims;

    OriginAnswer(Sink sink) {
        this.sink = sink;
    }

    /** The next object from the codec. Takes {@code message}. */
    void received(HttpObject message) {
        if (message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            sink.answerBroken(new Broken("The storage service sent a malformed answer"));
        } else if (message instanceof HttpResponse head) {
            head(head);
        } else if (message instanceof HttpContent chunk) {
            body(chunk);
        }
    }

    private void head(HttpResponse head) {
        inInterim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (!inInterim) {
            sink.answerBegins(head);
        } else if (head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            sink.answerBroken(new Broken("The storage service changed to a protocol that nobody asked for"));
        } else if (++interims > MAX_INTERIM) {
            sink.answerBroken(new Broken("The storage service sent interim answers only"));
        }
        // Any other is between the gateway and the origin: the client got its own 100 when the origin was reached.
    }

    private void body(HttpContent chunk) {
        if (inInterim) {
            inInterim = !(chunk instanceof LastHttpContent);
            chunk.release();
        } else {
            sink.answerBody(chunk);
        }
    }
}
