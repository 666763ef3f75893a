package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sealgate.core.exchange.ExchangeServices;
import io.sealgate.core.load.ProcessLoad;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.request.RequestHeadParser;
import io.sealgate.core.spi.ConnectionListener;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one listener have in common. Thread-safe.
 *
 * @param listener    its configuration
 * @param services    what exchanges work with, by event loop
 * @param connections learns of connections
 * @param load        what the process carries
 * @param parser      judges heads by the listener's limits
 * @param live        those whose clients have a certificate
 * @param open        all connections of all listeners, for draining
 * @param table       which connection has which place
 */
record ListenerScope(
        Listener listener,
        Function<EventLoop, ExchangeServices> services,
        ConnectionListener connections,
        ProcessLoad load,
        RequestHeadParser parser,
        LiveConnections live,
        OpenConnections open,
        ConnectionTable table) {

    /**
     * Gives a new connection its place. Null if there is none for it.
     *
     * @param address of the client, as far as it is known
     */
    @Nullable
    ConnectionSlot admit(Channel channel, ClientKey address) {
        ConnectionSlot slot = table.accept(channel, address);
        if (slot == null) {
            return null;
        }
        connections.opened(listener.name());
        channel.closeFuture().addListener(closed -> {
            table.release(slot);
            connections.closed(listener.name());
        });
        return open.add(channel) ? slot : null;
    }

    /**
     * Whose share a connection counts against as long as only its address is known. Without TLS, and behind a balancer
     * that does not name its client, an address stands for many clients.
     */
    ClientKey keyOf(Peer peer) {
        ClientKey key = ClientKey.of(peer.client());
        boolean isShared = listener.security() == null
                || (peer.balancer() == null && isTrustedBalancer(peer.client()))
                || listener.limits().isSharedAddress(peer.client());
        return isShared ? key.shared() : key;
    }

    /** Whether a peer's first bytes may be a PROXY header. */
    boolean isTrustedBalancer(SocketAddress peer) {
        return peer instanceof InetSocketAddress socket && listener.proxy().trusts(socket.getAddress());
    }
}
