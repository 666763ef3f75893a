package io.sealgate.core.spi;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/** The client side of TLS towards one origin: verifies the origin's certificate and its name. Thread-safe. */
public interface UpstreamSecurity extends AutoCloseable {

    /** A handler for a connection to {@code host}, which is also the name that the certificate must carry and the SNI that is sent. */
    SslHandler newHandler(ByteBufAllocator allocator, String host, int port);

    /**
     * A handler for a new connection that has to see its bytes on both ways between the network and that of {@link
     * #newHandler}, or null if there is nothing for it to see. It removes itself. The caller adds it to the pipeline
     * in front of the other.
     */
    default @Nullable ChannelHandler newGuard() {
        return null;
    }

    /** What the server has said if {@code cause}, in a handshake or after it, is that it refuses the gateway's certificate. */
    default @Nullable UpstreamRefusal refusal(Throwable cause) {
        return null;
    }

    /** Puts TLS with a server into a pipeline: the guard, if there is one, and the handler, which is returned. */
    default SslHandler secure(ChannelPipeline pipeline, String host, int port) {
        SslHandler tls = newHandler(pipeline.channel().alloc(), host, port);
        ChannelHandler guard = newGuard();
        if (guard != null) {
            pipeline.addLast(guard);
        }
        pipeline.addLast(tls);
        return tls;
    }

    /** Releases native resources. Live connections keep theirs. */
    @Override
    void close();
}
