package io.sealgate.core.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Last in an origin connection's pipeline: passes everything to the exchange that uses the connection, and closes the
 * connection when the origin says anything while nobody does. Confined to its event loop.
 */
final class UpstreamHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LogManager.getLogger(UpstreamHandler.class);

    private @Nullable UpstreamListener listener;
    private Consumer<Throwable> failures = cause -> {};

    /** From now on {@code next} is told of what is thrown on the way from the origin. */
    void onFailure(Consumer<Throwable> next) {
        failures = next;
    }

    void attach(UpstreamListener newListener) {
        listener = newListener;
    }

    void detach() {
        listener = null;
    }

    /** With auto-read off somebody must ask first, or a TLS handshake waits for ever. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (listener != null && msg instanceof HttpObject message) {
            listener.received(message);
        } else {
            // An answer that nobody asked for must never become somebody else's.
            ReferenceCountUtil.release(msg);
            ctx.close();
        }
    }

    /** After TLS's farewell the origin will say nothing more, even if it forgets to hang up. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent farewell && farewell.isSuccess()) {
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (listener != null) {
            listener.readComplete();
        } else {
            ctx.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (listener != null) {
            listener.writabilityChanged(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        UpstreamListener current = listener;
        listener = null;
        if (current != null) {
            current.closed();
        }
    }

    /**
     * A write that failed comes here as well as a read. It ends only the sending: the origin may have answered before it stopped
     * listening, and a connection that cannot be read either closes by itself. What could not even be encoded is the gateway's
     * own fault, and no answer to it will come.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("origin connection failed: {}", cause.toString());
        failures.accept(cause);
        if (!(cause instanceof IOException)) {
            ctx.close();
        }
    }
}
