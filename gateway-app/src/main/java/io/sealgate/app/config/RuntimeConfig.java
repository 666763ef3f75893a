package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.integrity.crc64.KernelSelection;

/**
 * How the process uses its machine.
 *
 * @param eventLoops  how many threads serve
 * @param transport   how sockets are driven
 * @param crc64Kernel what computes the checksums of objects
 */
public record RuntimeConfig(EventLoops eventLoops, Transport transport, KernelSelection.Choice crc64Kernel) {

    public RuntimeConfig {
        eventLoops = requireNonNullElse(eventLoops, EventLoops.AUTO);
        transport = requireNonNullElse(transport, Transport.AUTO);
        crc64Kernel = requireNonNullElse(crc64Kernel, KernelSelection.Choice.AUTO);
    }

    /** How sockets are driven. */
    public enum Transport {
        /** epoll where there is one. */
        AUTO,
        EPOLL,
        NIO
    }
}
