package io.sealgate.core.proxyprotocol;

import io.sealgate.core.spi.ProxyHeaderOutcome;
import java.net.InetSocketAddress;

/** What the first bytes of a connection from a load balancer are. Immutable. */
public sealed interface ProxyHeader {

    /** They can still become a header, and are not one yet. */
    record Incomplete() implements ProxyHeader {}

    /** They are the beginning of something else. */
    record Absent() implements ProxyHeader {}

    /** A header that says whose connection it is. */
    record Client(InetSocketAddress address) implements ProxyHeader {}

    /** A header that does not say: the balancer does not know, or the client is a socket of its own machine. */
    record Unknown() implements ProxyHeader {}

    /** A header by which the balancer says that it speaks for itself: a health check. */
    record Local() implements ProxyHeader {}

    /** A header that is not to be believed. */
    record Refused(ProxyHeaderOutcome reason) implements ProxyHeader {}
}
