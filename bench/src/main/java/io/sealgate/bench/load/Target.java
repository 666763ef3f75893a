package io.sealgate.bench.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where the load goes: a loopback port, reached with mutual TLS or, for the origin itself, in the clear. */
public record Target(int port, boolean tls) {
    /** The one name every server certificate, SNI and Host header of the ladder carries. */
    public static final String HOST = "bench.example.com";

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
