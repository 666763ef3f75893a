package io.sealgate.core.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.exchange.ReadGate;
import io.sealgate.core.loop.Deadline;
import io.sealgate.core.loop.FlushBatch;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 or HTTP/1.0 connection as the client's side of its current exchange. Knows what such a connection needs:
 * persistence, transfer coding, and how to end without losing an answer. Confined to the connection's event loop.
 */
final class Http1Downstream implements ProtocolDownstream {

    private final ChannelHandlerContext ctx;
    private final ReadGate gate;
    private final Deadline deadline;
    private final Tenure tenure;
    private final FlushBatch flushes;
    private boolean isHttp10;
    private boolean wantsTrailers;
    private boolean isChunked;
    private boolean closing;
    private boolean endsWithClose;
    /** Leaves together with the body if that is here at once, as most are: one message costs less than its parts. */
    private @Nullable HttpResponse waitingHead;

    Http1Downstream(ChannelHandlerContext ctx, ReadGate gate, Deadline deadline, ConnectionScope connection) {
        this.ctx = ctx;
        this.gate = gate;
        this.deadline = deadline;
        tenure = connection.tenure();
        flushes = connection.services().flushes();
    }

    @Override
    public void requestBegins(HttpRequest request) {
        isHttp10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        closing |= !HttpUtil.isKeepAlive(request);
        wantsTrailers = request.headers().containsValue(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true);
    }

    @Override
    public void turnAway() {
        closing = true;
        ctx.close();
    }

    @Override
    public boolean takesRequests() {
        return !closing;
    }

    @Override
    public void drain(boolean isIdle) {
        closing = true;
        if (isIdle) {
            close();
        }
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
        if (!isHttp10) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    @Override
    public void begin(HttpResponse head, boolean bodyFollows, boolean lastExchange) {
        closing |= lastExchange;
        isChunked = false;
        head.setProtocolVersion(HttpVersion.HTTP_1_1);
        HttpHeaders headers = head.headers();
        if (bodyFollows && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            if (isHttp10) {
                closing = true;
                endsWithClose = true;
            } else {
                headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
                isChunked = true;
            }
        }
        setPersistence(headers);
        waitingHead = head;
    }

    private void sendHead() {
        HttpResponse head = waitingHead;
        if (head != null) {
            waitingHead = null;
            ctx.write(head, ctx.voidPromise());
        }
    }

    private void setPersistence(HttpHeaders headers) {
        if (closing) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (isHttp10) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    /** RFC 9110 §6.5.1, RFC 9112 §7.1.2. */
    @Override
    public boolean takesTrailers() {
        return isChunked && wantsTrailers;
    }

    @Override
    public void write(HttpContent chunk) {
        sendHead();
        ctx.write(chunk, ctx.voidPromise());
    }

    @Override
    public void end(LastHttpContent last, Runnable whenSent) {
        HttpResponse head = waitingHead;
        waitingHead = null;
        ctx.write(head == null ? last : whole(head, last)).addListener(SendListener.of(whenSent));
        flushes.add(ctx);
    }

    private static FullHttpResponse whole(HttpResponse head, LastHttpContent body) {
        return new DefaultFullHttpResponse(
                head.protocolVersion(), head.status(), body.content(), head.headers(), body.trailingHeaders());
    }

    @Override
    public void flush() {
        sendHead();
        ctx.flush();
    }

    @Override
    public void answer(FullHttpResponse response, boolean lastExchange, Runnable whenSent) {
        closing |= lastExchange;
        setPersistence(response.headers());
        ctx.writeAndFlush(response).addListener(SendListener.of(whenSent));
    }

    @Override
    public void endOutput() {
        ctx.flush(); // what comes before the end may still be waiting
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (ctx.channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    /**
     * A message of known length or in chunks is broken by closing early. One that ends with the connection is not: for that the
     * connection is reset, beneath TLS, so that no close_notify makes it look finished.
     */
    @Override
    public void breakOff() {
        closing = true;
        if (endsWithClose) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.channel().unsafe().closeForcibly();
        } else {
            ctx.flush(); // as much as the client takes now: one that takes nothing must not keep it open for ever
            ctx.channel().close();
        }
    }

    @Override
    public void exchangeFinished() {
        if (closing) {
            close();
        }
    }

    private void close() {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
