package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.sealgate.core.model.ClientKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The place of one connection in its listener. Whether it is idle is for its event loop to say, once for each
 * exchange and without a lock; whose it is and where it stands among others is guarded by the {@link
 * ConnectionTable}. Thread-safe.
 */
final class ConnectionSlot implements Comparable<ConnectionSlot> {

    private static final int EVICTED = -1;

    private final ConnectionTable table;
    private final Channel channel;
    private final long number;
    private final ClientKey address;

    /** How many run; less than 0 once the connection has lost its place, after which none may begin. */
    private final AtomicInteger exchanges = new AtomicInteger();

    private volatile long idleSinceNanos;
    private volatile boolean parked;

    /** Where it stands now, null once it has no place. Guarded by the table, and so are the others of these. */
    ConnectionRanking.@Nullable Group group;

    /** Idle at least since then. */
    long stamp;

    boolean isEstablished;

    /**
     * @param number  higher than that of any earlier connection of the listener
     * @param address where the connection comes from
     */
    ConnectionSlot(ConnectionTable table, Channel channel, long number, ClientKey address, long nowNanos) {
        this.table = table;
        this.channel = channel;
        this.number = number;
        this.address = address;
        idleSinceNanos = nowNanos;
        stamp = nowNanos;
    }

    Channel channel() {
        return channel;
    }

    ClientKey address() {
        return address;
    }

    /**
     * An exchange begins. False if the connection has lost its place and none may. Called on the connection's event
     * loop.
     */
    boolean beginExchange() {
        int running = exchanges.get();
        while (running >= 0) {
            if (exchanges.compareAndSet(running, running + 1)) {
                return true;
            }
            running = exchanges.get();
        }
        return false;
    }

    /** An exchange that had begun has ended. Called on the connection's event loop. */
    void endExchange(long nowNanos) {
        idleSinceNanos = nowNanos;
        if (exchanges.decrementAndGet() == 0 && parked) {
            table.unpark(this);
        }
    }

    boolean isIdle() {
        return exchanges.get() == 0;
    }

    boolean isEvicted() {
        return exchanges.get() == EVICTED;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    /** Counts it as idle from {@code nowNanos} on. Only while it is in no ranking, whose order depends on this. */
    void restart(long nowNanos) {
        idleSinceNanos = nowNanos;
        stamp = nowNanos;
    }

    /** Takes its place away, unless an exchange runs. */
    boolean evict() {
        return exchanges.compareAndSet(0, EVICTED);
    }

    boolean isParked() {
        return parked;
    }

    /**
     * Whether the table waits to be told that the connection is idle. Set it, then look at {@link #isIdle()} once
     * more.
     */
    void setParked(boolean isParked) {
        parked = isParked;
    }

    /** Ends the connection, from any thread. A client that does not read does not keep it open. */
    void close() {
        boolean wasEstablished = isEstablished;
        channel.eventLoop().execute(() -> {
            if (wasEstablished) {
                channel.pipeline().fireUserEventTriggered(DrainEvent.INSTANCE);
            }
            Tenure.cutOff(channel);
        });
    }

    /** The longest idle first. */
    @Override
    public int compareTo(ConnectionSlot other) {
        int byStamp = Long.compare(stamp - other.stamp, 0);
        return byStamp == 0 ? Long.compare(number, other.number) : byStamp;
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
