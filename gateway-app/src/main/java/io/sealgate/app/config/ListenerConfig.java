package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.config.ProxyProtocolConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where clients connect.
 *
 * @param name      for routes, logs and metrics
 * @param bind      address and port, or a unix socket
 * @param protocols in order of preference; by default all that {@code tls} allows
 * @param proxyProtocol whether load balancers in front say whose connections they pass on
 * @param tls       how connections are protected; must be said
 * @param limits    what clients are granted
 */
public record ListenerConfig(
        String name,
        ListenAddress bind,
        List<Protocol> protocols,
        ProxyProtocolConfig proxyProtocol,
        @Nullable ListenerTls tls,
        LimitsConfig limits) {

    public ListenerConfig {
        name = requireNonNullElse(name, "");
        bind = requireNonNullElse(bind, BindAddress.MISSING);
        protocols = List.copyOf(requireNonNullElse(protocols, defaultProtocols(tls)));
        proxyProtocol = requireNonNullElse(proxyProtocol, ProxyProtocolConfig.none());
        limits = requireNonNullElse(limits, LimitsConfig.defaults());
    }

    /** Without TLS there is no ALPN to agree on HTTP/2 with. */
    private static List<Protocol> defaultProtocols(@Nullable ListenerTls tls) {
        return tls instanceof ListenerTls.None
                ? List.of(Protocol.HTTP_1_1)
                : List.of(Protocol.HTTP_2, Protocol.HTTP_1_1);
    }

    /** What a listener can speak. */
    public enum Protocol {
        HTTP_2("h2"),
        HTTP_1_1("http/1.1");

        private final String alpn;

        Protocol(String alpn) {
            this.alpn = alpn;
        }

        /** The protocol's ALPN identifier (RFC 7301), which is its spelling in the configuration too. */
        @Override
        public String toString() {
            return alpn;
        }
    }
}
