package io.sealgate.core.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.sealgate.core.exchange.ReadGate;
import io.sealgate.core.loop.Deadline;

/**
 * An HTTP/2 stream as the client's side of its only exchange. An early answer needs nothing special here: the stream's own
 * END_STREAM ends the output while the upload goes on. Confined to the connection's event loop.
 */
final class Http2Downstream implements ProtocolDownstream {

    private final ChannelHandlerContext ctx;
    private final ReadGate gate;
    private final Deadline deadline;
    private final Tenure tenure;
    private boolean used;
    private boolean wholeAnswerSent;

    Http2Downstream(ChannelHandlerContext ctx, ReadGate gate, Deadline deadline, ConnectionScope connection) {
        this.ctx = ctx;
        this.gate = gate;
        this.deadline = deadline;
        tenure = connection.tenure();
    }

    @Override
    public void requestBegins(HttpRequest request) {
        used = true;
    }

    /** The client may safely try again (RFC 9113 §8.7). */
    @Override
    public void turnAway() {
        used = true;
        ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public boolean takesRequests() {
        return !used;
    }

    @Override
    public void drain(boolean isIdle) {
        // The connection says GOAWAY; a stream that has begun is finished.
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public boolean isWelcome() {
        return !tenure.isOver();
    }

    @Override
    public ReadGate gate() {
        return gate;
    }

    @Override
    public boolean isWritable() {
        return ctx.channel().isWritable();
    }

    @Override
    public boolean hasUnsent() {
        return WaterMarks.hasUnsent(ctx.channel());
    }

    @Override
    public void sendContinue() {
        ctx.writeAndFlush(
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }

    @Override
    public void begin(HttpResponse head, boolean bodyFollows, boolean lastExchange) {
        ctx.write(head, ctx.voidPromise());
    }

    @Override
    public boolean takesTrailers() {
        return true;
    }

    @Override
    public void write(HttpContent chunk) {
        ctx.write(chunk, ctx.voidPromise());
    }

    @Override
    public void end(LastHttpContent last, Runnable whenSent) {
        ctx.writeAndFlush(last).addListener(SendListener.of(() -> sent(whenSent)));
    }

    private void sent(Runnable whenSent) {
        wholeAnswerSent = true;
        whenSent.run();
    }

    @Override
    public void flush() {
        ctx.flush();
    }

    @Override
    public void answer(FullHttpResponse response, boolean lastExchange, Runnable whenSent) {
        ctx.writeAndFlush(response).addListener(SendListener.of(() -> sent(whenSent)));
    }

    @Override
    public void endOutput() {
        // END_STREAM has said so already.
    }

    /**
     * After a whole answer this only says that the rest of the upload is not wanted. RFC 9113 §8.1 would have NO_ERROR, but
     * OkHttp 3 takes that for a failure of the exchange.
     */
    @Override
    public void breakOff() {
        ctx.flush(); // what the window admits leaves before the reset: nothing may follow it on the stream
        Http2Error error = wholeAnswerSent ? Http2Error.CANCEL : Http2Error.INTERNAL_ERROR;
        ctx.writeAndFlush(new DefaultHttp2ResetFrame(error)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exchangeFinished() {
        // The stream closes by itself once both sides have ended.
    }
}
