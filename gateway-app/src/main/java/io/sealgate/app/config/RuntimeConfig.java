package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

/**
 * How the process uses its machine.
 *
 * @param eventLoops how many threads serve
 * @param transport  how sockets are driven
 */
public record RuntimeConfig(EventLoops eventLoops, Transport transport) {

    public RuntimeConfig {
        eventLoops = requireNonNullElse(eventLoops, EventLoops.AUTO);
        transport = requireNonNullElse(transport, Transport.AUTO);
    }

    /** How sockets are driven. */
    public enum Transport {
        /** epoll where there is one. */
        AUTO,
        EPOLL,
        NIO
    }
}
