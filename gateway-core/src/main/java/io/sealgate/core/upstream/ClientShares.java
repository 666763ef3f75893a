package io.sealgate.core.upstream;

import io.sealgate.core.config.PoolConfig;
import io.sealgate.core.load.ClientLoad;
import io.sealgate.core.model.ClientKey;
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
    private final Map<ClientKey, Share> shares = new HashMap<>();

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
        Share share = shares.get(client.key());
        return share == null || share.connections < connections || client.key().isShared();
    }

    boolean mayWait(ClientLoad client) {
        Share share = shares.get(client.key());
        return share == null || share.places < places || client.key().isShared();
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
        return shares.computeIfAbsent(client.key(), absent -> new Share());
    }

    private void forgetIfEmpty(ClientLoad client, Share share) {
        if (share.connections == 0 && share.places == 0) {
            shares.remove(client.key());
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
