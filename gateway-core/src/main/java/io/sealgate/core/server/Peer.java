package io.sealgate.core.server;

import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.ConnectionContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, as far as addresses tell.
 *
 * @param client   the client's address
 * @param balancer the load balancer that said so, or {@code null}
 * @param isProbe  whether the load balancer said that the connection is its own
 */
record Peer(SocketAddress client, @Nullable SocketAddress balancer, boolean isProbe) {

    /** A client that is connected directly, or of which no more is known. */
    static Peer direct(SocketAddress address) {
        return new Peer(address, null, false);
    }

    static Peer behind(SocketAddress balancer, InetSocketAddress client) {
        return new Peer(client, balancer, false);
    }

    static Peer probe(SocketAddress balancer) {
        return new Peer(balancer, null, true);
    }

    /** @param address whose share it is without a certificate */
    ConnectionContext context(
            String listener, ClientIdentity identity, ConnectionContext.@Nullable Tls tls, ClientKey address) {
        return new ConnectionContext(listener, client, balancer, identity, tls, identity.keyOr(address));
    }
}
