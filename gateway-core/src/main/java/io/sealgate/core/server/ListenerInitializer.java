package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.TransportSecurity;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;

/**
 * Begins the pipeline of an accepted connection: TLS and {@link AlpnHandler}, or HTTP/1.1 at once on a plain listener; before
 * either, a {@link ProxyHeaderHandler} if the peer is a load balancer that is trusted to say whom it stands for.
 */
final class ListenerInitializer extends ChannelInitializer<Channel> {

    private final ListenerScope scope;

    ListenerInitializer(ListenerScope scope) {
        this.scope = scope;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.config().setAutoRead(false);
        if (!scope.admit(channel)) {
            channel.close();
        } else if (isTrustedBalancer(channel)) {
            channel.pipeline().addLast(new ProxyHeaderHandler(scope, channel.eventLoop(), this::begin));
        } else {
            Duration timeout = scope.listener().limits().handshakeTimeout();
            begin(channel.pipeline(), Peer.direct(address(channel)), timeout);
        }
    }

    /** By the address of the connection itself, which nobody else can say anything about. */
    private boolean isTrustedBalancer(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                && scope.listener().proxy().trusts(peer.getAddress());
    }

    /** Clients of a unix socket have no address of their own: all that is known is where they came in. */
    private SocketAddress address(Channel channel) {
        return scope.listener().bind() instanceof UnixDomainSocketAddress path ? path : channel.remoteAddress();
    }

    private void begin(ChannelPipeline pipeline, Peer peer, Duration handshakeTimeout) {
        TransportSecurity security = scope.listener().security();
        if (security == null) {
            ConnectionContext context = peer.context(scope.listener().name(), new ClientIdentity.Anonymous(), null);
            new ProtocolPipelines(scope, context, scope.live().unlimited(pipeline.channel())).http1(pipeline);
            return;
        }
        // First, so that what the handshake goes by is never older than the review that it is said to follow.
        int review = scope.live().latestReview();
        SslHandler tls = security.newHandler(pipeline.channel().alloc());
        tls.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        ChannelHandler guard = security.newGuard();
        if (guard != null) {
            pipeline.addLast(guard);
        }
        pipeline.addLast(tls);
        pipeline.addLast(new AlpnHandler(scope, security, tls, review, peer));
    }
}
