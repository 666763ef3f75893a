package io.sealgate.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The server side of TLS with several certificates: one native context and the credentials to choose from. There is one
 * context for all names, so that whom a listener trusts, what it asks for and what it resumes cannot depend on the name that
 * a client chooses to send. Thread-safe; live connections survive {@link #close}, those in the middle of a handshake too.
 */
final class ServerTlsContext implements AutoCloseable {

    private final TlsContext context;
    private final ServerCredentials credentials;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ServerTlsContext(TlsContext context, ServerCredentials credentials) {
        this.context = context;
        this.credentials = credentials;
    }

    /**
     * Makes the native context.
     *
     * @param credentials what is presented, which this takes even if it fails
     * @param rules       sets everything else
     */
    static ServerTlsContext open(ServerCredentials credentials, UnaryOperator<SslContextBuilder> rules)
            throws TlsMaterialException {
        try {
            SslContextBuilder builder = SslContextBuilder.forServer(new CertificateOffer(credentials))
                    .sslProvider(SslProvider.OPENSSL_REFCNT);
            return new ServerTlsContext(new TlsContext(TlsParameters.build(rules.apply(builder))), credentials);
        } catch (TlsMaterialException | RuntimeException e) {
            credentials.release();
            throw e;
        }
    }

    /**
     * Returns an owned handler: whoever adds it to a pipeline passes it on to that.
     *
     * @param judges where the client's certificate is judged, or {@code null} for the event loop
     */
    SslHandler newHandler(ByteBufAllocator allocator, @Nullable Executor judges) {
        credentials.retain();
        try {
            SslHandler handler = context.newHandler(
                    shared -> judges == null ? shared.newHandler(allocator) : shared.newHandler(allocator, judges));
            handler.handshakeFuture().addListener(ended -> credentials.release());
            return handler;
        } catch (RuntimeException e) {
            credentials.release();
            throw e;
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            context.close();
            credentials.release();
        }
    }
}
