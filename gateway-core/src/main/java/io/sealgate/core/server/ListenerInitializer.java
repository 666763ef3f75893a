package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.TransportSecurity;
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
        Peer direct = Peer.direct(address(channel));
        ConnectionSlot slot = scope.admit(channel, scope.keyOf(direct));
        if (slot == null) {
            channel.close();
        } else if (scope.isTrustedBalancer(channel.remoteAddress())) {
            channel.pipeline()
                    .addLast(new ProxyHeaderHandler(
                            scope, channel.eventLoop(), (pipeline, peer, left) -> proxied(slot, pipeline, peer, left)));
        } else {
            Duration timeout = scope.listener().limits().handshakeTimeout();
            begin(slot, channel.pipeline(), direct, timeout);
        }
    }

    private void proxied(ConnectionSlot slot, ChannelPipeline pipeline, Peer peer, Duration handshakeTimeout) {
        if (scope.table().readdress(slot, scope.keyOf(peer))) {
            begin(slot, pipeline, peer, handshakeTimeout);
        } else {
            pipeline.channel().close();
        }
    }

    /** Clients of a unix socket have no address of their own: all that is known is where they came in. */
    private SocketAddress address(Channel channel) {
        return scope.listener().bind() instanceof UnixDomainSocketAddress path ? path : channel.remoteAddress();
    }

    private void begin(ConnectionSlot slot, ChannelPipeline pipeline, Peer peer, Duration handshakeTimeout) {
        TransportSecurity security = scope.listener().security();
        if (security == null) {
            plain(slot, pipeline, peer);
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
        pipeline.addLast(new AlpnHandler(scope, slot, security, tls, review, peer));
    }

    private void plain(ConnectionSlot slot, ChannelPipeline pipeline, Peer peer) {
        ClientKey client = scope.keyOf(peer);
        if (!scope.table().establish(slot, client)) {
            pipeline.channel().close();
            return;
        }
        ConnectionContext context = peer.context(scope.listener().name(), new ClientIdentity.Anonymous(), null, client);
        new ProtocolPipelines(scope, slot, context, scope.live().unlimited(pipeline.channel())).http1(pipeline);
    }
}
