package io.sealgate.origin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One connection: hands its messages to one exchange at a time. Reads are explicit, and go on during an answer so that
 * a peer's leaving is noticed; requests pipelined meanwhile wait in the inbox, and one that waits stops the reading, so
 * the inbox holds no more than one read brings. Confined to the event loop.
 */
final class OriginHandler extends ChannelInboundHandlerAdapter {
    private final OriginRuntime runtime;
    private final Queue<HttpObject> inbox = new ArrayDeque<>();
    private @Nullable OriginExchange current;
    private long connection;
    private int requests;
    private boolean dispatching;
    private boolean stopped;
    private boolean closed;

    OriginHandler(OriginRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connection = runtime.log().connectionOpened();
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        inbox.add((HttpObject) message);
        dispatch(ctx);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        readOn(ctx);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (current != null) {
            current.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        try {
            if (current != null) {
                current.aborted();
            }
        } finally {
            inbox.forEach(ReferenceCountUtil::release);
            inbox.clear();
            runtime.log().connectionClosed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void readOn(ChannelHandlerContext ctx) {
        if (!stopped && inbox.isEmpty()) {
            ctx.read();
        }
    }

    /** Not re-entrant: an exchange that ends while it is given a message does not recurse into the next. */
    private void dispatch(ChannelHandlerContext ctx) {
        if (dispatching) {
            return;
        }
        dispatching = true;
        try {
            while (!inbox.isEmpty() && !(inbox.element() instanceof HttpRequest && current != null)) {
                HttpObject message = inbox.remove();
                try {
                    deliver(ctx, message);
                } finally {
                    ReferenceCountUtil.release(message);
                }
            }
        } finally {
            dispatching = false;
        }
    }

    /** What is still in the inbox of a connection that was closed must not be served: it may have been a fault. */
    private void deliver(ChannelHandlerContext ctx, HttpObject message) {
        if (closed) {
            return;
        }
        if (message instanceof HttpRequest request) {
            IncomingRequest incoming = IncomingRequest.of(request, connection, ++requests);
            current = new OriginExchange(ctx, new Hold(ctx), runtime, incoming);
            current.start();
        } else if (message instanceof HttpContent content && current != null) {
            current.content(content);
        }
    }

    /** The current exchange's hold on this connection. */
    private final class Hold implements OriginExchange.Connection {
        private final ChannelHandlerContext ctx;

        Hold(ChannelHandlerContext ctx) {
            this.ctx = ctx;
        }

        @Override
        public void next() {
            current = null;
            dispatch(ctx);
            readOn(ctx);
        }

        @Override
        public void close() {
            closed = true;
            ctx.close();
        }

        @Override
        public void reset() {
            closed = true;
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.pipeline().firstContext().close();
        }

        @Override
        public void stopReading() {
            stopped = true;
        }
    }
}
