package io.sealgate.core.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.loop.Deadline;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Looks after an HTTP/2 connection as a whole: opens its flow-control window, ends it when idle, and says GOAWAY when the
 * gateway stops. Streams look after themselves. Confined to the connection's event loop.
 */
final class Http2ConnectionHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LogManager.getLogger(Http2ConnectionHandler.class);

    private final Http2FrameCodec codec;
    private final LimitsConfig limits;
    private boolean draining;
    /** When the last stream ended, or the connection began. */
    private long quietSinceNanos = System.nanoTime();

    Http2ConnectionHandler(Http2FrameCodec codec, LimitsConfig limits) {
        this.codec = codec;
        this.limits = limits;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Http2Exception {
        openWindow();
        codec.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamRemoved(Http2Stream stream) {
                quietSinceNanos = System.nanoTime();
                if (draining && codec.connection().numActiveStreams() == 0) {
                    closeAfterFlush(ctx);
                }
            }
        });
        watchIdleness(ctx, new Deadline(ctx.channel().eventLoop()));
        ctx.read();
    }

    private void watchIdleness(ChannelHandlerContext ctx, Deadline deadline) {
        ctx.channel().closeFuture().addListener(closed -> deadline.cancel());
        deadline.arm(limits.idleTimeout(), () -> idlenessExpired(ctx, deadline));
    }

    private void idlenessExpired(ChannelHandlerContext ctx, Deadline deadline) {
        boolean isQuiet = codec.connection().numActiveStreams() == 0;
        Duration left = limits.idleTimeout().minusNanos(isQuiet ? System.nanoTime() - quietSinceNanos : 0);
        if (left.compareTo(Duration.ZERO) > 0) {
            deadline.arm(left, () -> idlenessExpired(ctx, deadline));
        } else {
            goAway(ctx);
        }
    }

    /** Netty returns connection credit only as streams are read: with the default window one stalled upload would starve all others. */
    private void openWindow() throws Http2Exception {
        Http2LocalFlowController flow = codec.connection().local().flowController();
        Http2Stream whole = codec.connection().connectionStream();
        int delta = limits.http2ConnectionWindow().toIntBytes() - flow.windowSize(whole);
        if (delta > 0) {
            flow.incrementWindowSize(whole, delta);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        ReferenceCountUtil.release(frame); // settings, pings, window updates: the codec has acted on them
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (draining && codec.connection().numActiveStreams() == 0) {
            ctx.close();
        }
        ctx.read(); // streams have windows of their own; the connection is always read
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == DrainEvent.INSTANCE) {
            goAway(ctx);
        }
        ReferenceCountUtil.release(event);
    }

    /** Streams that have begun are finished; the connection closes with the last. */
    private void goAway(ChannelHandlerContext ctx) {
        draining = true;
        ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        if (codec.connection().numActiveStreams() == 0) {
            closeAfterFlush(ctx);
        }
    }

    private static void closeAfterFlush(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("HTTP/2 connection failed: {}", cause.toString());
        ctx.close();
    }
}
