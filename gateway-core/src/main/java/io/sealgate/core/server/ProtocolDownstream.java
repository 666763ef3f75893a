package io.sealgate.core.server;

import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.exchange.Downstream;

/** A {@link Downstream} as {@link ProxyHandler} drives it: what differs between HTTP/1.1 connections and HTTP/2 streams besides the exchange itself. */
interface ProtocolDownstream extends Downstream {

    /** A request head has arrived; the exchange for it comes next. Borrows {@code request}. */
    void requestBegins(HttpRequest request);

    /** Not even an answer is made, for want of room or of the right to one: ends this so that nothing is kept of it. */
    void turnAway();

    /** The exchange is over; nothing of it will be sent any more. */
    void exchangeFinished();

    /** Whether a further request may begin here. */
    boolean takesRequests();

    /** The gateway is stopping: end after the running exchange, or now. */
    void drain(boolean isIdle);
}
