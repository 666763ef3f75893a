package io.sealgate.app.config;

import io.sealgate.tls.TlsConfig;

/** How a listener's connections are protected. There is no default: whoever wants none must say {@code none}. */
public sealed interface ListenerTls {

    /** {@code tls: none}, only on loopback and unix sockets. */
    record None() implements ListenerTls {}

    /** A {@code tls} section. */
    record Terminated(TlsConfig config) implements ListenerTls {}
}
