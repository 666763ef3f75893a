package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.TransportSecurity;

/** Begins the pipeline of an accepted connection: TLS and {@link AlpnHandler}, or HTTP/1.1 at once on a plain listener. */
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
            return;
        }
        TransportSecurity security = scope.listener().security();
        if (security == null) {
            ConnectionContext context = new ConnectionContext(
                    scope.listener().name(), channel.remoteAddress(), new ClientIdentity.Anonymous(), null);
            new ProtocolPipelines(scope, context, scope.live().unlimited(channel)).http1(channel.pipeline());
            return;
        }
        SslHandler tls = security.newHandler(channel.alloc());
        tls.setHandshakeTimeoutMillis(
                scope.listener().limits().handshakeTimeout().toMillis());
        channel.pipeline().addLast(tls);
        channel.pipeline().addLast(new AlpnHandler(scope, security, tls));
    }
}
