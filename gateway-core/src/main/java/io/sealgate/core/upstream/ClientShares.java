package io.sealgate.core.upstream;

import io.sealgate.core.config.PoolConfig;
import io.sealgate.core.load.ClientLoad;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of one pool each client has: connections, and places in line for one. No client may have more than its share of
 * either, so that some is left for the others even if it never lets go. Confined to the pool's event loop.
 */
final class ClientShares {

    private final int connections;
    private final int places;
    private final Map<ClientLoad, Share> shares = new HashMap<>();

    /** One client's; there is one only while it has something. */
    private static final class Share {
        private int connections;
        private int places;
    }

    /**
     * @param connections of the pool
     * @param places      in line for one
     */
    ClientShares(PoolConfig pool, int connections, int places) {
        this.connections = pool.shareOf(connections);
        this.places = pool.shareOf(places);
    }

    boolean mayConnect(ClientLoad client) {
        Share share = shares.get(client);
        return share == null || share.connections < connections;
    }

    boolean mayWait(ClientLoad client) {
        Share share = shares.get(client);
        return share == null || share.places < places;
    }

    void waits(ClientLoad client) {
        share(client).places++;
    }

    void waitsNoLonger(ClientLoad client) {
        Share share = share(client);
        share.places--;
        forgetIfEmpty(client, share);
    }

    private void connected(ClientLoad client) {
        share(client).connections++;
    }

    private void disconnected(ClientLoad client) {
        Share share = share(client);
        share.connections--;
        forgetIfEmpty(client, share);
    }

    private Share share(ClientLoad client) {
        return shares.computeIfAbsent(client, absent -> new Share());
    }

    private void forgetIfEmpty(ClientLoad client, Share share) {
        if (share.connections == 0 && share.places == 0) {
            shares.remove(client);
        }
    }

    /** Whose connection it is just now; one for each connection, from its first attempt on. */
    final class Tenancy {

        private @Nullable ClientLoad tenant;

        void begin(ClientLoad client) {
            end();
            tenant = client;
            connected(client);
        }

        /** Idempotent. */
        void end() {
            ClientLoad client = tenant;
            tenant = null;
            if (client != null) {
                disconnected(client);
            }
        }
    }
}
