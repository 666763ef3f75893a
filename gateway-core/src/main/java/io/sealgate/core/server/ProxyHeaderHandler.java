package io.sealgate.core.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.config.ProxyProtocolConfig.Mode;
import io.sealgate.core.loop.Deadline;
import io.sealgate.core.proxyprotocol.ProxyHeader;
import io.sealgate.core.proxyprotocol.ProxyHeaderParser;
import io.sealgate.core.spi.ProxyHeaderOutcome;
import java.net.SocketAddress;
import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * First in the pipeline of a connection from a trusted load balancer: reads the PROXY header, has the rest of the pipeline set up
 * for whom it names, hands on what came behind it, and removes itself. The time that the header takes is part of the handshake's. A
 * connection that ends before its first byte is a health check and not counted at all. Confined to the connection's event loop; owns the
 * bytes that it has not handed on.
 */
final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LogManager.getLogger(ProxyHeaderHandler.class);

    /** Sets up what comes behind the header. */
    @FunctionalInterface
    interface Continuation {
        void begin(ChannelPipeline pipeline, Peer peer, Duration handshakeTimeout);
    }

    private final ListenerScope scope;
    private final Continuation continuation;
    private final Deadline deadline;
    private final long begun = System.nanoTime();
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    private boolean settled;

    ProxyHeaderHandler(ListenerScope scope, EventLoop loop, Continuation continuation) {
        this.scope = scope;
        deadline = new Deadline(loop);
        this.continuation = continuation;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline.arm(timeout(), () -> refuse(ctx, ProxyHeaderOutcome.TIMEOUT));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (settled || !(msg instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(msg);
            return;
        }
        received = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), received, bytes);
        judge(ctx, ProxyHeaderParser.read(received));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!settled) {
            ctx.read();
        }
    }

    private void judge(ChannelHandlerContext ctx, ProxyHeader header) {
        SocketAddress balancer = ctx.channel().remoteAddress();
        if (header instanceof ProxyHeader.Client client) {
            LOG.debug("proxied connection: client={} balancer={}", client.address(), balancer);
            pass(ctx, ProxyHeaderOutcome.CLIENT, Peer.behind(balancer, client.address()));
        } else if (header instanceof ProxyHeader.Unknown) {
            pass(ctx, ProxyHeaderOutcome.UNKNOWN, Peer.direct(balancer));
        } else if (header instanceof ProxyHeader.Local) {
            pass(ctx, ProxyHeaderOutcome.LOCAL, Peer.probe(balancer));
        } else if (header instanceof ProxyHeader.Refused refused) {
            refuse(ctx, refused.reason());
        } else if (header instanceof ProxyHeader.Absent
                && scope.listener().proxy().mode() == Mode.REQUIRE) {
            refuse(ctx, ProxyHeaderOutcome.MISSING);
        } else if (header instanceof ProxyHeader.Absent) {
            pass(ctx, ProxyHeaderOutcome.ABSENT, Peer.direct(balancer));
        }
    }

    /** The next handlers begin to read when the event behind these bytes reaches them: that they are complete. */
    private void pass(ChannelHandlerContext ctx, ProxyHeaderOutcome outcome, Peer peer) {
        settle(ctx, outcome);
        continuation.begin(ctx.pipeline(), peer, remaining());
        ByteBuf rest = received;
        received = Unpooled.EMPTY_BUFFER;
        if (rest.isReadable()) {
            ctx.fireChannelRead(rest);
        } else {
            rest.release();
        }
        ctx.pipeline().remove(this);
    }

    private void refuse(ChannelHandlerContext ctx, ProxyHeaderOutcome reason) {
        settle(ctx, reason);
        ctx.close();
    }

    private void settle(ChannelHandlerContext ctx, ProxyHeaderOutcome outcome) {
        end();
        scope.connections().proxyHeader(scope.listener().name(), ctx.channel().remoteAddress(), outcome);
    }

    private void end() {
        settled = true;
        deadline.cancel();
    }

    /** Never nothing, which would be taken for no limit. */
    private Duration remaining() {
        Duration left = timeout().minusNanos(System.nanoTime() - begun);
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }

    private Duration timeout() {
        return scope.listener().limits().handshakeTimeout();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == DrainEvent.INSTANCE) {
            end();
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!settled && received.isReadable()) {
            settle(ctx, ProxyHeaderOutcome.CLOSED);
        }
        end();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection failed before its PROXY header: {}", cause.toString());
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        received.release();
        received = Unpooled.EMPTY_BUFFER;
    }
}
