package io.sealgate.core.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.exchange.Exchange;
import io.sealgate.core.exchange.ReadGate;
import io.sealgate.core.load.ExchangeLoad;
import io.sealgate.core.loop.Deadline;
import io.sealgate.core.model.BodyFraming;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import io.sealgate.core.request.ParsedHead;
import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Last in the pipeline of an HTTP/1.1 connection or an HTTP/2 stream: turns channel events into calls on the current
 * {@link Exchange}, one exchange at a time. Holds no logic of the exchange itself. Confined to the channel's event loop.
 */
final class ProxyHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LogManager.getLogger(ProxyHandler.class);

    /** Makes the protocol's side of a channel. */
    @FunctionalInterface
    interface DownstreamFactory {
        ProtocolDownstream create(
                ChannelHandlerContext ctx, ReadGate gate, Deadline deadline, ConnectionScope connection);
    }

    private final ConnectionScope connection;
    private final ReadGate.Source requests;
    private final DownstreamFactory protocol;
    private final boolean isHttp2;
    private final Deadline deadline;
    private final @Nullable HeadTimer headTimer;
    private @Nullable ProtocolDownstream side;
    private @Nullable Exchange exchange;
    /** Whether the exchange keeps the connection from giving way to others. */
    private boolean holdsPlace;

    /**
     * @param requests  where requests come from
     * @param headTimer watches the time between requests, or {@code null} where the protocol has its own
     */
    ProxyHandler(
            ConnectionScope connection,
            ReadGate.Source requests,
            DownstreamFactory protocol,
            boolean isHttp2,
            Deadline deadline,
            @Nullable HeadTimer headTimer) {
        this.connection = connection;
        this.requests = requests;
        this.protocol = protocol;
        this.isHttp2 = isHttp2;
        this.deadline = deadline;
        this.headTimer = headTimer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ReadGate gate = new ReadGate(requests, this::deliver);
        side = protocol.create(ctx, gate, deadline, connection);
        if (ctx.channel().isActive()) {
            awaitRequest();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof HttpObject message) {
            side().gate().received(message);
        } else {
            ReferenceCountUtil.release(msg);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.readComplete();
        }
        side().gate().readComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.downstreamWritable(ctx.channel().isWritable());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        clientGone();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof Http2ResetFrame) {
            clientGone();
            ctx.close();
        } else if (event == DrainEvent.INSTANCE) {
            side().drain(exchange == null && side().gate().isDrained());
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (exchange == null || isTheClients(cause)) {
            LOG.debug("downstream connection failed: {}", cause.toString());
            ctx.close();
        } else {
            exchange.failed(cause);
        }
    }

    /**
     * Broken connections, TLS records and HTTP/2 frames: anybody can send those, so they are nothing to be alarmed about. A
     * stream is told the cause of its {@link Http2FrameStreamException}, and is reset by the codec.
     */
    static boolean isTheClients(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof DecoderException
                || cause instanceof Http2FrameStreamException
                || cause instanceof Http2Exception;
    }

    private void deliver(HttpObject message) {
        if (message instanceof HttpRequest request) {
            begin(request);
        }
        if (message instanceof HttpContent chunk) {
            pass(chunk);
        }
    }

    private void begin(HttpRequest request) {
        if (exchange != null || !side().takesRequests()) {
            return; // behind a message whose end is in doubt, or after the last exchange: not to be acted upon
        }
        if (headTimer != null) {
            headTimer.complete();
        }
        if (!side().isWelcome() || !connection.slot().beginExchange()) {
            side().turnAway();
            return;
        }
        holdsPlace = true;
        ExchangeLoad load = connection.services().load().enter(connection.client());
        if (load == null) {
            endExchange();
            side().turnAway();
            return;
        }
        side().requestBegins(request);
        RequestId id = RequestId.next();
        ParsedHead parsed = connection.parser().parse(request, id, isHttp2);
        if (parsed instanceof ParsedHead.Malformed malformed) {
            exchange = exchange(headOf(malformed, request, id), load);
            exchange.refuse(malformed.error());
        } else if (parsed instanceof ParsedHead.Good good && load.isAdmitted()) {
            exchange = exchange(good.head(), load);
            exchange.start();
        } else if (parsed instanceof ParsedHead.Good good) {
            exchange = exchange(good.head().withoutHeaders(), load);
            exchange.refuse(new GatewayError.Overloaded("Too many requests at the same time"));
        }
    }

    private Exchange exchange(RequestHead head, ExchangeLoad load) {
        String name = isHttp2 ? "HTTP/2" : head.version().text();
        return new Exchange(
                connection.services(),
                connection.context(),
                load,
                head,
                side(),
                name,
                this::endExchange,
                this::exchangeFinished);
    }

    /** Enough of a head to answer and to log: nothing that was not understood is in it. */
    private static RequestHead headOf(ParsedHead.Malformed malformed, HttpRequest request, RequestId id) {
        return new RequestHead(
                id,
                request.protocolVersion(),
                malformed.method(),
                malformed.target(),
                "",
                EmptyHttpHeaders.INSTANCE,
                new BodyFraming.Streamed(),
                false);
    }

    private void pass(HttpContent chunk) {
        if (chunk instanceof LastHttpContent) {
            side().gate().pause(ReadGate.Pause.COMPLETE);
        }
        if (exchange != null) {
            exchange.received(chunk);
        } else {
            chunk.release();
        }
    }

    private void exchangeFinished() {
        exchange = null;
        endExchange();
        side().exchangeFinished();
        if (side().takesRequests()) {
            awaitRequest();
        }
    }

    /** Also before the exchange is over: while only the rest of a request is drained, the connection counts as idle. */
    private void endExchange() {
        if (holdsPlace) {
            holdsPlace = false;
            connection.slot().endExchange(connection.services().clock().nanoTime());
        }
    }

    private void awaitRequest() {
        if (headTimer != null) {
            headTimer.await();
        }
        side().gate().open();
    }

    private void clientGone() {
        side().gate().discard();
        if (exchange != null) {
            exchange.clientGone();
        }
        deadline.cancel();
    }

    private ProtocolDownstream side() {
        if (side == null) {
            throw new IllegalStateException("downstream: none (expected: events only after handlerAdded)");
        }
        return side;
    }
}
