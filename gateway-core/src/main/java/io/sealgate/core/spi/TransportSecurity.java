package io.sealgate.core.spi;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import org.jspecify.annotations.Nullable;

/** The server side of TLS on one listener: hands out handlers and says who shook hands. Thread-safe. */
public interface TransportSecurity extends AutoCloseable {

    /** A handler for a new connection, with client authentication, ALPN and resumption set as the listener demands. The caller adds it to a pipeline, which owns it from then on. */
    SslHandler newHandler(ByteBufAllocator allocator);

    /**
     * A handler for a new connection that has to see the client's bytes before that of {@link #newHandler}, or
     * null if there is nothing for it to see. It removes itself. The caller adds it to the pipeline in front of
     * the other.
     */
    default @Nullable ChannelHandler newGuard() {
        return null;
    }

    /** Who is at the other end. Call only after a successful handshake. */
    ClientIdentity identify(SslHandler handler);

    /** What the client proved, to be judged again later. Call only after a successful handshake that identified somebody. */
    Standing standing(SslHandler handler);

    /** Facts of the session for log and policy. Call only after a successful handshake. */
    ConnectionContext.Tls describe(SslHandler handler);

    /** Why a handshake failed, from a closed set. */
    HandshakeRefusal classify(Throwable cause);

    /**
     * What the operator should know of a failed handshake beyond its reason; null if there is nothing, or only what a stranger
     * says about himself.
     */
    default @Nullable String explain(Throwable cause) {
        return null;
    }

    /** Releases native resources. Live connections keep theirs. */
    @Override
    void close();
}
