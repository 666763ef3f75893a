package io.sealgate.core.server;

import io.sealgate.core.model.ClientKey;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Connections in the order in which they give way: those of the client that has most first, and of these the one
 * that has been idle for longest. A stamp is looked at only when its turn has come: one that is no longer true is
 * set right then, and a connection with running exchanges is put aside until it is idle. So neither an exchange nor
 * an accepted connection costs more than O(log connections). Guarded by the {@link ConnectionTable}.
 */
final class ConnectionRanking {

    /** So many stamps are set right for one connection that is accepted; then the best that was seen has to do. */
    private static final int MAX_STEPS = 256;

    private final Map<ClientKey, Group> groups = new HashMap<>();
    private final TreeSet<Group> order = new TreeSet<>();
    private long numbers;
    private int total;

    /**
     * What one client has. Clients of a shared address count as one connection, as that may be what each of them
     * has.
     */
    static final class Group implements Comparable<Group> {
        private final ConnectionRanking ranking;
        private final ClientKey client;
        private final long number;
        private final TreeSet<ConnectionSlot> idle = new TreeSet<>();
        private int size;

        Group(ConnectionRanking ranking, ClientKey client, long number) {
            this.ranking = ranking;
            this.client = client;
            this.number = number;
        }

        private int weight() {
            return client.isShared() ? 1 : size;
        }

        @Override
        public int compareTo(Group other) {
            int byWeight = Integer.compare(other.weight(), weight());
            int byIdleness = byWeight == 0 ? idle.first().compareTo(other.idle.first()) : byWeight;
            return byIdleness == 0 ? Long.compare(number, other.number) : byIdleness;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }

    int count(ClientKey client) {
        Group group = groups.get(client);
        return group == null ? 0 : group.size;
    }

    int total() {
        return total;
    }

    /** How many connections the client has whose connection would be next to give way. */
    int most() {
        return order.isEmpty() ? 0 : order.first().weight();
    }

    void add(ConnectionSlot slot, ClientKey client) {
        Group group = groups.computeIfAbsent(client, absent -> new Group(this, absent, numbers++));
        slot.group = group;
        total++;
        change(group, () -> {
            group.size++;
            group.idle.add(slot);
        });
    }

    static void remove(ConnectionSlot slot) {
        Group group = slot.group;
        if (group != null) {
            slot.group = null;
            slot.setParked(false);
            group.ranking.total--;
            group.ranking.change(group, () -> {
                group.size--;
                group.idle.remove(slot);
            });
            if (group.size == 0) {
                group.ranking.groups.remove(group.client);
            }
        }
    }

    /** A connection that was put aside is idle again. */
    static void unpark(ConnectionSlot slot) {
        Group group = slot.group;
        if (group != null && slot.isParked()) {
            slot.setParked(false);
            group.ranking.change(group, () -> {
                slot.stamp = slot.idleSinceNanos();
                group.idle.add(slot);
            });
        }
    }

    /**
     * Takes the place of the connection that is next to give way; null if none is idle.
     *
     * @param client whose connections are asked, null for those of all
     */
    @Nullable
    ConnectionSlot evict(@Nullable ClientKey client) {
        ConnectionSlot best = null;
        int steps = 0;
        while (steps < MAX_STEPS) {
            Group group = client != null ? groups.get(client) : order.isEmpty() ? null : order.first();
            if (group == null || group.idle.isEmpty()) {
                break;
            }
            ConnectionSlot first = group.idle.first();
            if (!first.isIdle()) {
                park(group, first); // no step: it costs no more than the exchange that brings it back
                continue;
            }
            steps++;
            if (first.idleSinceNanos() - first.stamp > 0) {
                change(group, () -> {
                    group.idle.remove(first);
                    first.stamp = first.idleSinceNanos();
                    group.idle.add(first);
                });
                best = best == null || first.compareTo(best) < 0 ? first : best;
            } else if (first.evict()) {
                return first;
            }
        }
        return best != null && best.evict() ? best : null;
    }

    /** Since when the connection that is next to give way has been idle, as far as is known. */
    long oldestStamp() {
        return order.first().idle.first().stamp;
    }

    private void park(Group group, ConnectionSlot slot) {
        change(group, () -> group.idle.remove(slot));
        slot.setParked(true);
        if (slot.isIdle()) {
            unpark(slot); // its exchange ended before it could see that it was put aside
        }
    }

    /** What the order goes by changes only while the group is out of it. */
    private void change(Group group, Runnable change) {
        if (!group.idle.isEmpty()) {
            order.remove(group);
        }
        change.run();
        if (!group.idle.isEmpty()) {
            order.add(group);
        }
    }
}
