package io.sealgate.core.load;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.ConnectionContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All clients that are connected or have an exchange that is not over, each once however many connections it has. Who
 * disconnects and comes back has what its exchanges still hold. Thread-safe.
 */
public final class ClientLoads {

    private final Map<ClientKey, ClientLoad> clients = new ConcurrentHashMap<>();

    ClientLoads() {}

    /** A connection begins: returns what its client has already. */
    public ClientLoad enter(ConnectionContext connection) {
        return clients.compute(connection.client(), (key, known) -> {
            ClientLoad load = known == null ? new ClientLoad(key) : known;
            load.connections.incrementAndGet();
            return load;
        });
    }

    /** How many clients there are. */
    int size() {
        return clients.size();
    }

    /** A connection has ended. Call once for each {@link #enter}. */
    public void leave(ConnectionContext connection) {
        clients.computeIfPresent(connection.client(), (key, load) -> {
            load.connections.decrementAndGet();
            return ifUsed(load);
        });
    }

    /** An exchange has ended, and its client has what it held no longer. */
    void ended(ClientLoad load) {
        if (load.connections.get() == 0) {
            clients.computeIfPresent(load.key(), (key, known) -> ifUsed(known));
        }
    }

    /**
     * Whoever ends a connection or an exchange changes its own count first and looks at the other one then, so one of
     * the two sees that it was the last.
     */
    private static @Nullable ClientLoad ifUsed(ClientLoad load) {
        boolean isUsed = load.connections.get() > 0 || load.exchanges.get() > 0 || load.refusals.get() > 0;
        return isUsed ? load : null;
    }
}
