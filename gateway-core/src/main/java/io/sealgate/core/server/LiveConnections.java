package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.Standing;
import java.net.SocketAddress;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The connections of one listener whose clients have a certificate. When trust changes each of those clients is judged again, and
 * exactly those that would not be let in any more are ended. Thread-safe.
 */
final class LiveConnections {

    private static final Logger LOG = LogManager.getLogger(LiveConnections.class);

    private final String listener;
    private final Ending ending;
    private final ConnectionListener events;
    private final InstantSource clock;
    private final Set<Tenure> tenures = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reviews = new AtomicInteger();

    LiveConnections(String listener, Ending ending, ConnectionListener events, InstantSource clock) {
        this.listener = listener;
        this.ending = ending;
        this.events = events;
        this.clock = clock;
    }

    /** For a client without a certificate: there is nothing to end it by. */
    Tenure unlimited(Channel connection) {
        return new Tenure(connection, connection.remoteAddress(), () -> null, Long.MAX_VALUE, clock);
    }

    /** Which review is the latest. To be asked before the TLS handler of a connection is made, for {@link #enter}. */
    int latestReview() {
        return reviews.get();
    }

    /**
     * From now on the client at the end of {@code connection} is looked after. Called on the connection's event loop.
     *
     * @param address the client's own, whoever the connection comes from
     * @param review the latest one when the handshake began: after a later one the client's certificate may have been judged by what
     *               was true before it, so it is judged again
     */
    Tenure enter(
            Channel connection, SocketAddress address, ClientIdentity.Certified client, Standing standing, int review) {
        Tenure tenure =
                new Tenure(connection, address, standing, client.notAfter().toEpochMilli(), clock);
        tenures.add(tenure);
        connection.closeFuture().addListener(closed -> tenures.remove(tenure));
        if (reviews.get() != review) {
            judge(tenure);
        }
        return tenure;
    }

    /** Judges every client again. Blocks for as long as that takes, some microseconds each; not to be called on an event loop. */
    void review() {
        reviews.incrementAndGet();
        tenures.forEach(this::judge);
    }

    /**
     * Judges again the clients on whose path a CA has ended meanwhile. Blocks as {@link #review} does; called on one
     * thread.
     */
    void reviewDue() {
        tenures.stream().filter(Tenure::isDue).forEach(this::judge);
    }

    /** Whoever cannot be judged has to go, as in a handshake, and keeps nobody else from being judged. */
    private void judge(Tenure tenure) {
        HandshakeRefusal reason;
        try {
            reason = tenure.standing().judge();
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a client could not be judged again: listener={} problem={}", listener, e.toString(), e);
            reason = HandshakeRefusal.OTHER;
        }
        if (reason != null) {
            end(tenure, reason);
        }
    }

    /** Ends the connections of those whose certificates have ended meanwhile. Does not block. */
    void endExpired() {
        tenures.stream().filter(Tenure::hasExpired).forEach(tenure -> end(tenure, HandshakeRefusal.EXPIRED));
    }

    private void end(Tenure tenure, HandshakeRefusal reason) {
        if (tenure.end(ending)) {
            events.ended(listener, tenure.client(), reason);
        }
    }
}
