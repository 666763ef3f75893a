package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.TransportSecurity;

/**
 * Waits for the TLS handshake, learns who is there, sets up the protocol that was agreed, and removes itself. A refused
 * handshake is counted once, by reason, unless a load balancer only wanted to know whether somebody is in; nothing of it goes further. Confined to the connection's event loop.
 */
final class AlpnHandler extends ChannelInboundHandlerAdapter {

    private final ListenerScope scope;
    private final ConnectionSlot slot;
    private final TransportSecurity security;
    private final SslHandler tls;
    private final int review;
    private final Peer peer;
    private boolean settled;

    /** @param review the latest review of clients before {@code tls} was made */
    AlpnHandler(
            ListenerScope scope,
            ConnectionSlot slot,
            TransportSecurity security,
            SslHandler tls,
            int review,
            Peer peer) {
        this.scope = scope;
        this.slot = slot;
        this.security = security;
        this.tls = tls;
        this.review = review;
        this.peer = peer;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!settled) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !settled) {
            settled = true;
            if (handshake.isSuccess()) {
                established(ctx);
            } else {
                refused(ctx, handshake.cause());
            }
        } else if (event == DrainEvent.INSTANCE) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void established(ChannelHandlerContext ctx) {
        ConnectionContext.Tls session = security.describe(tls);
        ConnectionContext context =
                peer.context(scope.listener().name(), security.identify(tls), session, scope.keyOf(peer));
        scope.connections().handshakeCompleted(scope.listener().name(), session.protocol(), context.identity());
        if (!scope.table().establish(slot, context.client())) {
            ctx.close();
            return;
        }
        ProtocolPipelines pipelines = new ProtocolPipelines(scope, slot, context, tenure(ctx.channel(), context));
        if (ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
            pipelines.http2(ctx.pipeline());
        } else {
            pipelines.http1(ctx.pipeline());
        }
        ctx.pipeline().remove(this);
    }

    private Tenure tenure(Channel channel, ConnectionContext context) {
        return context.identity() instanceof ClientIdentity.Certified client
                ? scope.live().enter(channel, context.clientAddress(), client, security.standing(tls), review)
                : scope.live().unlimited(channel);
    }

    private void refused(ChannelHandlerContext ctx, Throwable cause) {
        if (!peer.isProbe() && !slot.isEvicted()) {
            scope.connections()
                    .handshakeRefused(
                            scope.listener().name(), peer.client(), security.classify(cause), security.explain(cause));
        }
        ctx.close();
    }

    /** A failed handshake comes here too, a second time; and identity that cannot be established is no identity. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!settled) {
            settled = true;
            refused(ctx, cause);
        }
        ctx.close();
    }
}
