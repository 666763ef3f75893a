package io.sealgate.core.spi;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;

/** The client side of TLS towards one origin: verifies the origin's certificate and its name. Thread-safe. */
public interface UpstreamSecurity extends AutoCloseable {

    /** A handler for a connection to {@code host}, which is also the name that the certificate must carry and the SNI that is sent. */
    SslHandler newHandler(ByteBufAllocator allocator, String host, int port);

    /** Releases native resources. Live connections keep theirs. */
    @Override
    void close();
}
