package io.sealgate.tls.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. May block. */
@FunctionalInterface
public interface NameResolver {

    /** All of them, at least one. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The machine's own way. */
    static NameResolver ofThisMachine() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
