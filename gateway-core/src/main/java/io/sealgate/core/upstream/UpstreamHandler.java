package io.sealgate.core.upstream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
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
    private boolean cutOff;

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
            if (isInvented(message)) {
                ReferenceCountUtil.release(message);
            } else {
                listener.received(message);
            }
        } else {
            // An answer that nobody asked for must never become somebody else's.
            ReferenceCountUtil.release(msg);
            ctx.close();
        }
    }

    /**
     * The codec ends a body without length or chunks when the connection ends, in whatever way. After a reset, or without TLS's
     * farewell, that is not the end that the origin meant (RFC 9112 §9.8).
     */
    private boolean isInvented(HttpObject message) {
        return cutOff
                && message instanceof LastHttpContent
                && !message.decoderResult().isFailure();
    }

    /** How TLS ended. Comes after all that was said before, and ahead of the codec's learning that the connection is gone. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent ending) {
            if (ending.isSuccess()) {
                ctx.close(); // the origin will say nothing more, even if it forgets to hang up
            } else {
                cutOff = true;
            }
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

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("origin connection failed: {}", cause.toString());
        cutOff = true;
        ctx.close();
    }
}
