package io.sealgate.core.load;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.ConnectionContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All clients that are connected, each once however many connections it has. Thread-safe.
 */
public final class ClientLoads {

    private final Map<ClientKey, ClientLoad> clients = new ConcurrentHashMap<>();

    ClientLoads() {}

    /** A connection begins: returns what its client has already. */
    public ClientLoad enter(ConnectionContext connection) {
        return clients.compute(connection.client(), (key, known) -> {
            ClientLoad load = known == null ? new ClientLoad(key) : known;
            load.connections++;
            return load;
        });
    }

    /** A connection has ended. Call once for each {@link #enter}. */
    public void leave(ConnectionContext connection) {
        clients.computeIfPresent(connection.client(), (key, load) -> --load.connections == 0 ? null : load);
    }
}
