package io.sealgate.core.share;

import io.sealgate.core.model.ClientKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Places that are taken for a while, of which one client has no more than half. Nobody waits for one. Clients behind
 * shared addresses ({@link ClientKey#isShared()}) may have all. Thread-safe.
 */
public final class FairPlaces {

    private final int total;
    private final int share;
    private final Map<ClientKey, Integer> taken = new HashMap<>();
    private int sum;

    /** @param total of all clients */
    public FairPlaces(int total) {
        this.total = total;
        this.share = Math.max(1, total / 2);
    }

    /** Takes a place; false if there is none for {@code client}. */
    public synchronized boolean take(ClientKey client) {
        if (sum >= total || (!client.isShared() && taken.getOrDefault(client, 0) >= share)) {
            return false;
        }
        sum++;
        taken.merge(client, 1, Integer::sum);
        return true;
    }

    /** Gives back a place. Call once for each {@link #take} that was true. */
    public synchronized void give(ClientKey client) {
        sum--;
        taken.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }
}
