package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.ConnectionListener.Shortage;
import io.sealgate.core.spi.ConnectionListener.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one listener. There are no more than {@code limits.connections}, and one client has no more
 * than half of them: by its certificate once the handshake is over, until then, or without one, by its address.
 * Whoever has its share already gets another place in exchange for its own longest idle one. When the listener is
 * full, the longest idle connection gives way: first handshakes, if they have taken a while, or are half of all
 * connections, or one address has more of them than any client has connections; then those of clients without a
 * certificate; then those of clients with one. Among each of these, the client that has most is first. A connection
 * with a running exchange never gives way. Thread-safe.
 */
final class ConnectionTable {

    /** A handshake that takes longer gives way before any established connection does. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private static final long HINT_NANOS = Duration.ofHours(1).toNanos();

    private final String listener;
    private final int limit;
    private final int share;
    private final ConnectionListener events;
    private final LongSupplier clock;
    private final ConnectionRanking handshakes = new ConnectionRanking();
    private final ConnectionRanking anonymous = new ConnectionRanking();
    private final ConnectionRanking certified = new ConnectionRanking();
    private final Map<ClientKey, Integer> addresses = new HashMap<>();
    private int open;
    private long numbers;
    private long lastHintNanos;

    /**
     * @param limit connections at the same time
     * @param clock nanoseconds, as of {@link System#nanoTime()}
     */
    ConnectionTable(String listener, int limit, ConnectionListener events, LongSupplier clock) {
        this.listener = listener;
        this.limit = limit;
        this.share = Math.max(1, limit / 2);
        this.events = events;
        this.clock = clock;
        lastHintNanos = clock.getAsLong() - HINT_NANOS;
    }

    /** What a change of the table closes and reports, once the lock is released. Used once, by one thread. */
    private final class Effects {
        private final List<Runnable> after = new ArrayList<>(1);

        /** Takes the place of {@code loser}; false if that is null. */
        boolean vacate(@Nullable ConnectionSlot loser, Shortage why) {
            if (loser == null) {
                return false;
            }
            forget(loser);
            State state = loser.isEstablished ? State.IDLE : State.HANDSHAKE;
            after.add(() -> {
                events.evicted(listener, loser.channel().remoteAddress(), state, why);
                loser.close();
            });
            return true;
        }

        void refuse(Shortage why) {
            after.add(() -> events.turnedAway(listener, why));
        }

        void hint(ClientKey address) {
            long now = clock.getAsLong();
            if (addresses.size() == 1 && addresses.containsKey(address) && now - lastHintNanos >= HINT_NANOS) {
                lastHintNanos = now;
                after.add(() -> events.oneAddressOnly(listener, address.toString()));
            }
        }

        /** Closes and reports; not under the lock. */
        void complete() {
            after.forEach(Runnable::run);
        }
    }

    /**
     * A connection was accepted.
     *
     * @param address of the client, shared if it is not known
     * @return its place, null if there is none
     */
    @Nullable
    ConnectionSlot accept(Channel channel, ClientKey address) {
        Effects effects = new Effects();
        ConnectionSlot slot;
        synchronized (this) {
            slot = makeRoom(address, effects) ? place(channel, address) : null;
        }
        effects.complete();
        return slot;
    }

    private boolean makeRoom(ClientKey address, Effects effects) {
        if (hasItsShare(address)) {
            effects.hint(address);
            return replaceOwn(address, effects);
        }
        if (open >= limit && !effects.vacate(evictAny(), Shortage.FULL)) {
            effects.refuse(Shortage.FULL);
            return false;
        }
        return true;
    }

    private ConnectionSlot place(Channel channel, ClientKey address) {
        ConnectionSlot slot = new ConnectionSlot(this, channel, numbers++, address, clock.getAsLong());
        open++;
        addresses.merge(address, 1, Integer::sum);
        handshakes.add(slot, address);
        return slot;
    }

    private boolean hasItsShare(ClientKey client) {
        return !client.isShared()
                && handshakes.count(client) + anonymous.count(client) + certified.count(client) >= share;
    }

    /** A client that has its share gives up its own longest idle connection. False if it has no idle one. */
    private boolean replaceOwn(ClientKey client, Effects effects) {
        if (!effects.vacate(evict(client, handshakes, anonymous, certified), Shortage.SHARE)) {
            effects.refuse(Shortage.SHARE);
            return false;
        }
        return true;
    }

    /**
     * Fresh handshakes are spared as long as they are few, or else newcomers would only replace each other. Whoever
     * has no certificate takes no place from those who have one.
     */
    private @Nullable ConnectionSlot evictAny() {
        boolean isHandshakeFirst = handshakes.most() > 0
                && (handshakes.total() >= share
                        || handshakes.most() > Math.max(anonymous.most(), certified.most())
                        || clock.getAsLong() - handshakes.oldestStamp() >= PATIENCE_NANOS);
        return isHandshakeFirst
                ? evict(null, handshakes, anonymous, certified)
                : evict(null, anonymous, certified, handshakes);
    }

    /** Takes the place of an idle connection of {@code client}, or of anyone if that is null; null if none is idle. */
    private static @Nullable ConnectionSlot evict(@Nullable ClientKey client, ConnectionRanking... order) {
        for (ConnectionRanking ranking : order) {
            ConnectionSlot slot = ranking.evict(client);
            if (slot != null) {
                return slot;
            }
        }
        return null;
    }

    /**
     * Counts a connection for {@code address}, which a PROXY header gave in place of the peer's own.
     *
     * @return false if it has lost its place, or that address has its share; it must be closed then
     */
    boolean readdress(ConnectionSlot slot, ClientKey address) {
        return move(slot, address, false);
    }

    /**
     * The handshake is over: counts a connection as established, and for {@code client}.
     *
     * @return false if it has lost its place, or that client has its share; it must be closed then
     */
    boolean establish(ConnectionSlot slot, ClientKey client) {
        return move(slot, client, true);
    }

    private boolean move(ConnectionSlot slot, ClientKey client, boolean isHandshakeOver) {
        Effects effects = new Effects();
        boolean moved;
        synchronized (this) {
            moved = slot.group != null && moveLocked(slot, client, isHandshakeOver, effects);
        }
        effects.complete();
        return moved;
    }

    private boolean moveLocked(ConnectionSlot slot, ClientKey client, boolean isHandshakeOver, Effects effects) {
        ConnectionRanking.remove(slot);
        if (hasItsShare(client) && !replaceOwn(client, effects)) {
            uncount(slot);
            return false;
        }
        slot.isEstablished = isHandshakeOver;
        slot.restart(clock.getAsLong());
        ranking(client, isHandshakeOver).add(slot, client);
        return true;
    }

    private ConnectionRanking ranking(ClientKey client, boolean isHandshakeOver) {
        return !isHandshakeOver ? handshakes : client.isCertified() ? certified : anonymous;
    }

    /** The connection has ended. Idempotent. */
    synchronized void release(ConnectionSlot slot) {
        if (slot.group != null) {
            forget(slot);
        }
    }

    private void forget(ConnectionSlot slot) {
        ConnectionRanking.remove(slot);
        uncount(slot);
    }

    private void uncount(ConnectionSlot slot) {
        open--;
        addresses.computeIfPresent(slot.address(), (address, count) -> count == 1 ? null : count - 1);
    }

    synchronized void unpark(ConnectionSlot slot) {
        if (slot.isIdle()) {
            ConnectionRanking.unpark(slot);
        }
    }

    synchronized int open() {
        return open;
    }
}
