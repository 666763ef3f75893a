package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.sealgate.core.spi.Standing;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How long one client may begin exchanges on its connection: until its certificate ends, or until it is told to go.
 * Thread-safe.
 */
final class Tenure {

    /** How long TLS's last word may take to leave; Netty's own three seconds are for those who may stay. */
    private static final long FAREWELL_MILLIS = 100;

    private final Channel connection;
    private final SocketAddress client;
    private final Standing standing;
    private final long endsAtMillis;
    private final InstantSource clock;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long standsUntil;

    /**
     * @param client       the client's own address
     * @param endsAtMillis last moment at which an exchange may begin, in milliseconds since the epoch
     */
    Tenure(Channel connection, SocketAddress client, Standing standing, long endsAtMillis, InstantSource clock) {
        this.connection = connection;
        this.client = client;
        this.standing = standing;
        this.endsAtMillis = endsAtMillis;
        this.clock = clock;
        this.standsUntil = standing.holdsUntil(clock.millis());
    }

    SocketAddress client() {
        return client;
    }

    Standing standing() {
        return standing;
    }

    /** Whether no further exchange may begin. */
    boolean isOver() {
        return ended.get() || hasExpired();
    }

    boolean hasExpired() {
        return clock.millis() > endsAtMillis;
    }

    /** Whether the client has to be judged again because time has passed; once each time. Called on one thread. */
    boolean isDue() {
        long now = clock.millis();
        if (now <= standsUntil) {
            return false;
        }
        standsUntil = standing.holdsUntil(now);
        return true;
    }

    /** Ends it, from any thread; false if that was done before. What runs is told on the connection's event loop. */
    boolean end(Ending how) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        connection.eventLoop().execute(() -> leave(how));
        return true;
    }

    private void leave(Ending how) {
        if (how.isAtOnce()) {
            cutOff(connection);
            return;
        }
        long millis = how.deadline().toMillis();
        Future<?> cut = connection.eventLoop().schedule(() -> cutOff(connection), millis, TimeUnit.MILLISECONDS);
        connection.closeFuture().addListener(closed -> cut.cancel(false));
        connection.pipeline().fireUserEventTriggered(DrainEvent.INSTANCE);
    }

    /**
     * Ends a connection now, on its event loop. A client that does not read what is on its way to it must not stay for
     * that.
     */
    static void cutOff(Channel connection) {
        SslHandler tls = connection.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.setCloseNotifyFlushTimeoutMillis(FAREWELL_MILLIS);
        }
        connection.flush(); // as much as the client takes now
        connection.close();
    }
}
