package io.sealgate.core.spi;

import io.sealgate.core.error.UpstreamFailure;
import io.sealgate.core.model.ClientIdentity;
import java.net.SocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Learns what happens to connections, downstream and upstream. Called on event loops: must not block. */
public interface ConnectionListener {

    /** A connection was accepted. */
    void opened(String listener);

    /** A connection that was accepted has ended. */
    void closed(String listener);

    /**
     * A connection was closed before its first exchange, as there was no place for it and no idle connection to take
     * one from.
     */
    void turnedAway(String listener, Shortage why);

    /** A connection without a running exchange was closed so that a new one has its place. */
    void evicted(String listener, SocketAddress peer, State state, Shortage why);

    /**
     * An address has its share of a listener's connections, and nobody else is connected. Told once an hour at
     * most.
     */
    void oneAddressOnly(String listener, String address);

    /** A trusted peer's first bytes were read, or awaited in vain; told once per connection. */
    void proxyHeader(String listener, SocketAddress balancer, ProxyHeaderOutcome outcome);

    /** A handshake succeeded, and {@code client} is who it was. */
    void handshakeCompleted(String listener, String protocol, ClientIdentity client);

    /**
     * A handshake failed; told once per connection.
     *
     * @param detail for the log, or null
     */
    void handshakeRefused(String listener, SocketAddress client, HandshakeRefusal reason, @Nullable String detail);

    /**
     * A client was let in although a revocation list of {@code authority}, RFC 2253, is stale: the listener allows
     * that.
     */
    void staleCrlAccepted(String listener, String authority);

    /**
     * A client that had been let in may not stay: its connection is being ended. Told once per connection, on any
     * thread.
     */
    void ended(String listener, SocketAddress client, HandshakeRefusal reason);

    /** Which limit left no place for another connection: a metric tag. */
    enum Shortage {
        /** One client's share of the listener. */
        SHARE,
        /** The listener's total. */
        FULL;

        /** The name in logs and metrics: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far a connection had come that gave way: a metric tag. */
    enum State {
        /** The PROXY header or the TLS handshake is not complete. */
        HANDSHAKE,
        /** Established, without a running exchange. */
        IDLE;

        /** The name in logs and metrics: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A connection to an origin was opened. */
    void upstreamOpened(String origin);

    /** A connection to an origin has ended. */
    void upstreamClosed(String origin);

    /** No connection to an origin could be had, for the reason at the bottom of {@code cause}. */
    void upstreamFailed(String origin, UpstreamFailure reason, Throwable cause);

    /**
     * An origin has refused the gateway's certificate, while connecting or afterwards: a case of {@link
     * UpstreamFailure#CERTIFICATE_REFUSED}, of which {@link #upstreamFailed} is not told.
     */
    default void upstreamRefused(String origin, UpstreamRefusal refusal) {}
}
