package io.sealgate.core.server;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.config.ProxyProtocolConfig;
import io.sealgate.core.spi.TransportSecurity;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens.
 *
 * @param name      for logs, metrics and routes
 * @param bind      address and port, of which port 0 takes a free one; or a {@link java.net.UnixDomainSocketAddress}, without TLS
 * @param protocols {@code h2} and {@code http/1.1}, as offered by ALPN
 * @param proxy     whether load balancers say whose connections they pass on
 * @param limits    what clients are granted
 * @param ending    what becomes of connections whose clients may not stay
 * @param security  TLS, or {@code null} for a plain listener, which speaks HTTP/1.1 only
 * @param notice    how long before a client's certificate ends answers begin to say so, or {@code null} for never
 */
public record Listener(
        String name,
        SocketAddress bind,
        List<String> protocols,
        ProxyProtocolConfig proxy,
        LimitsConfig limits,
        Ending ending,
        @Nullable TransportSecurity security,
        @Nullable Duration notice) {

    public Listener {
        protocols = List.copyOf(protocols);
    }
}
