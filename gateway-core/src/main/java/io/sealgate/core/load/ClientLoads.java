package io.sealgate.core.load;

import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ConnectionContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All clients that are connected. A client is a certificate, however many connections it has; those without one are told apart
 * by their address, which is all there is, and so share a part if they share a load balancer. Thread-safe.
 */
public final class ClientLoads {

    /** Whoever has one IPv6 address has the 2^64 around it as well. */
    private static final int IPV6_PREFIX_BYTES = 8;

    private final Map<String, ClientLoad> clients = new ConcurrentHashMap<>();

    ClientLoads() {}

    /** A connection begins: returns what its client has already. */
    public ClientLoad enter(ConnectionContext connection) {
        return clients.compute(key(connection), (key, known) -> {
            ClientLoad load = known == null ? new ClientLoad() : known;
            load.connections++;
            return load;
        });
    }

    /** A connection has ended. Call once for each {@link #enter}. */
    public void leave(ConnectionContext connection) {
        clients.computeIfPresent(key(connection), (key, load) -> --load.connections == 0 ? null : load);
    }

    private static String key(ConnectionContext connection) {
        if (connection.identity() instanceof Certified certified) {
            return certified.fingerprintSha256();
        }
        return connection.clientAddress() instanceof InetSocketAddress socket && socket.getAddress() != null
                ? network(socket.getAddress())
                : connection.clientAddress().toString();
    }

    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_PREFIX_BYTES) : bytes);
    }
}
