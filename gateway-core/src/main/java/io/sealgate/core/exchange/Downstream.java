package io.sealgate.core.exchange;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.loop.Deadline;

/**
 * The client's side of one exchange: an HTTP/1.1 connection or an HTTP/2 stream. All calls come on its event loop.
 */
public interface Downstream {

    /** The channel's timer, for the use of the current exchange. */
    Deadline deadline();

    /** Whether more may be fetched for the client: not if its certificate has ended or was revoked since it connected. */
    boolean isWelcome();

    /** Decides when the client is read. */
    ReadGate gate();

    boolean isWritable();

    /** Whether something waits that the client has not taken yet. */
    boolean hasUnsent();

    /** Tells a client that waits for it to send its body. */
    void sendContinue();

    /**
     * Begins the response. Takes {@code head}; hop-by-hop fields are already gone, and a missing {@code Content-Length} means
     * that the length is unknown.
     *
     * @param bodyFollows   false if nothing but the end will follow
     * @param lastExchange  nothing more will be read from this connection after this exchange
     */
    void begin(HttpResponse head, boolean bodyFollows, boolean lastExchange);

    /** Whether the client would see trailers of the response that has begun. */
    boolean takesTrailers();

    /** Queues a piece of the body. Takes {@code chunk}. */
    void write(HttpContent chunk);

    /**
     * Ends the response and flushes. Takes {@code last}.
     *
     * @param whenSent runs when the client's side has taken all of it, possibly before this returns; never if the client is gone
     */
    void end(LastHttpContent last, Runnable whenSent);

    /** Sends what is queued. */
    void flush();

    /** A whole answer at once. Takes {@code response}; {@code whenSent} is as in {@link #end}. */
    void answer(FullHttpResponse response, boolean lastExchange, Runnable whenSent);

    /** No more will be sent, but the client may go on sending: lets it see the answer while it does. */
    void endOutput();

    /** Breaks the message off so that the client cannot take it for whole (HTTP/1.1: close; HTTP/2: RST_STREAM). */
    void breakOff();
}
