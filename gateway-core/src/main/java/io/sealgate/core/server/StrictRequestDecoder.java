package io.sealgate.core.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.exchange.ReadGate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Netty's request decoder behind a {@link HeadScanner}. Also tells when the first byte of a head arrives, which is where the
 * time for sending it begins.
 *
 * <p>Decodes only while messages are wanted: what one read brought beyond that stays as bytes, be it the rest of a body or
 * pipelined requests, for as objects it would take many times the memory. While bytes are held back nothing is read, so they
 * are never more than one read brings.
 *
 * <p>Confined to its connection's event loop.
 */
final class StrictRequestDecoder extends HttpRequestDecoder implements ReadGate.Source {

    /**
     * More than one read brings, the TLS record that was incomplete before, and what a small read brings that was asked for
     * before anything had to be held back, as at the end of a handshake.
     */
    private static final int MOST_HELD_BYTES = 320 * 1024;

    private final HeadScanner scanner;
    private final Runnable onHeadBegun;
    private final Consumer<HttpRequest> onHead;
    private @Nullable ChannelHandlerContext ctx;
    private boolean inHead = true;
    private boolean begun;
    private boolean refused;
    private boolean wanted = true;
    private boolean heldBack;
    private boolean decoding;

    /**
     * @param maxFields   header lines that a head may have
     * @param onHeadBegun runs when the first byte of each head is looked at
     * @param onHead      sees each head before anything else does
     */
    StrictRequestDecoder(HttpDecoderConfig config, int maxFields, Runnable onHeadBegun, Consumer<HttpRequest> onHead) {
        super(config);
        scanner = new HeadScanner(maxFields);
        this.onHeadBegun = onHeadBegun;
        this.onHead = onHead;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
    }

    // ---- what the gate wants ----

    @Override
    public void pause() {
        wanted = false;
    }

    @Override
    public void resume() {
        wanted = true;
        if (decoding || ctx == null) {
            return; // the loop that is running goes on by itself, and asks again when it is through
        }
        if (heldBack) {
            decodeHeldBack(ctx);
        } else {
            ctx.read();
        }
    }

    @Override
    public void watch() {
        if (!heldBack && !decoding && ctx != null) {
            ctx.read();
        }
    }

    /** As if they had been read just now. */
    private void decodeHeldBack(ChannelHandlerContext context) {
        heldBack = false;
        try {
            channelRead(context, Unpooled.EMPTY_BUFFER);
        } catch (Exception e) {
            context.fireExceptionCaught(e);
        }
        context.fireChannelReadComplete();
    }

    // ---- what the channel tells ----

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (heldBack && actualReadableBytes() + sizeOf(message) > MOST_HELD_BYTES) {
            giveUp(context, message);
            return;
        }
        decoding = true;
        try {
            super.channelRead(context, message);
        } finally {
            decoding = false;
        }
    }

    private static int sizeOf(Object message) {
        return message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    }

    /**
     * Nobody asked for so much. Once a peer has said that it will send no more, epoll hands over all that the kernel has of it,
     * megabytes for each connection, only to close it then; so it is closed now. Takes {@code message}.
     */
    private void giveUp(ChannelHandlerContext context, Object message) throws Exception {
        ReferenceCountUtil.release(message);
        refused = true;
        super.channelRead(context, Unpooled.EMPTY_BUFFER); // lets go of what is held back
        context.flush(); // an answer that is whole may still be waiting
        context.close();
    }

    /** Netty's reads on if nothing was decoded; but what is held back is to be decoded first. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        if (heldBack) {
            context.fireChannelReadComplete();
        } else {
            super.channelReadComplete(context);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!wanted) {
            heldBack = true;
            return;
        }
        if (inHead && in.isReadable()) {
            if (!begun) {
                begun = true;
                onHeadBegun.run();
            }
            Exception problem = scanner.scan(in);
            if (problem != null) {
                refuse(in, out, problem);
                return;
            }
        }
        super.decode(context, in, out);
        for (int i = 0; i < out.size(); i++) {
            decoded(out.get(i));
        }
    }

    private void decoded(Object message) {
        if (message instanceof HttpRequest request) {
            inHead = false;
            onHead.accept(request);
        }
        if (message instanceof LastHttpContent) {
            inHead = true;
            begun = false;
            scanner.reset();
        }
    }

    /** As the codec does it: a request that says it failed, then silence. */
    private void refuse(ByteBuf in, List<Object> out, Exception problem) {
        refused = true;
        in.skipBytes(in.readableBytes());
        FullHttpRequest failed = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
        failed.setDecoderResult(DecoderResult.failure(problem));
        onHead.accept(failed);
        out.add(failed);
    }
}
