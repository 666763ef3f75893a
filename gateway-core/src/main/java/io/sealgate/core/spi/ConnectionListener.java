package io.sealgate.core.spi;

import io.sealgate.core.model.ClientIdentity;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Learns what happens to connections, downstream and upstream. Called on event loops: must not block. */
public interface ConnectionListener {

    /** A connection was accepted. */
    void opened(String listener);

    /** A connection that was accepted has ended. */
    void closed(String listener);

    /** A connection was turned away because the listener has as many as it may. */
    void turnedAway(String listener);

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

    /** A client was let in although a revocation list of {@code authority}, RFC 2253, is stale: the listener allows that. */
    void staleCrlAccepted(String listener, String authority);

    /** A client that had been let in may not stay: its connection is being ended. Told once per connection, on any thread. */
    void ended(String listener, SocketAddress client, HandshakeRefusal reason);

    /** A connection to an origin was opened. */
    void upstreamOpened(String origin);

    /** A connection to an origin has ended. */
    void upstreamClosed(String origin);

    /** No connection to an origin could be had, for the reason at the bottom of {@code cause}. */
    void upstreamFailed(String origin, Throwable cause);
}
