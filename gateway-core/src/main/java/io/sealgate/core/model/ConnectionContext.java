package io.sealgate.core.model;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a downstream connection once it is established. Immutable; made once per connection and handed to every
 * exchange on it by constructor, never through channel attributes.
 *
 * @param listener      name of the listener in the configuration
 * @param clientAddress the client's address: the peer's, or what a trusted load balancer says
 * @param balancer      the load balancer's address if it said whose connection this is, otherwise {@code null}
 * @param identity      who the client is
 * @param tls           how the connection is protected, or {@code null} on a plain listener
 * @param client        whose share is counted for this connection
 */
public record ConnectionContext(
        String listener,
        SocketAddress clientAddress,
        @Nullable SocketAddress balancer,
        ClientIdentity identity,
        @Nullable Tls tls,
        ClientKey client) {

    /** Counted for the identity, or for the address of a client without a certificate. */
    public ConnectionContext(
            String listener,
            SocketAddress clientAddress,
            @Nullable SocketAddress balancer,
            ClientIdentity identity,
            @Nullable Tls tls) {
        this(listener, clientAddress, balancer, identity, tls, identity.keyOr(ClientKey.of(clientAddress)));
    }

    /** Of a client that is not behind a load balancer. */
    public ConnectionContext(String listener, SocketAddress clientAddress, ClientIdentity identity, @Nullable Tls tls) {
        this(listener, clientAddress, null, identity, tls);
    }

    /**
     * Facts of the TLS session.
     *
     * @param protocol  {@code TLSv1.3} or {@code TLSv1.2}
     * @param cipher    the suite's name
     * @param sni       server name that the client asked for, if any
     */
    public record Tls(
            String protocol, String cipher, @Nullable String sni) {}
}
