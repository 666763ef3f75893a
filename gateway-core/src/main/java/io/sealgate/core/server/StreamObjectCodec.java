package io.sealgate.core.server;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.sealgate.core.exchange.ReadGate;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one HTTP/2 stream as HTTP objects. Every frame is taken at once: Netty would queue those that are not asked for
 * without any bound, unknown types, which no window limits, and a frame for every byte included. Backpressure is the stream's
 * window alone: credit goes back only when all that came has been handed on.
 *
 * <p>Confined to its connection's event loop. Needs a stream that reads by itself and leaves its window to us.
 */
final class StreamObjectCodec extends Http2StreamFrameToHttpObjectCodec implements ReadGate.Source {

    private @Nullable ChannelHandlerContext ctx;
    /** Bytes of the window that the client has used and not got back, padding included. */
    private int owed;

    private boolean begun;

    StreamObjectCodec() {
        super(true);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        ctx = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) throws Exception {
        if (frame instanceof Http2DataFrame data) {
            owed += data.initialFlowControlledBytes();
        }
        boolean isFirst = !begun;
        begun = true;
        if (isFirst && frame instanceof Http2HeadersFrame head && head.headers().method() == null) {
            refuse(context);
        } else {
            super.channelRead(context, frame);
        }
    }

    /** Such a head is malformed (RFC 9113 §8.3.1). Netty would take it for trailers, and nobody would answer. */
    private static void refuse(ChannelHandlerContext context) {
        context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.PROTOCOL_ERROR))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void resume() {
        if (owed > 0 && ctx != null && ctx.channel().isActive()) {
            int credit = owed;
            owed = 0;
            ctx.write(new DefaultHttp2WindowUpdateFrame(credit));
            ctx.flush();
        }
    }

    @Override
    public void watch() {
        // a stream is always read
    }
}
