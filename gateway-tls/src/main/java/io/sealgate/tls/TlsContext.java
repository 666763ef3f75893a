package io.sealgate.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Owns one native TLS context. Thread-safe: a handler is made on any event loop while another thread closes, and either gets
 * a whole handler or an exception. Every live connection holds a reference of its own, so closing ends none of them.
 */
final class TlsContext implements AutoCloseable {

    private final SslContext context;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Takes {@code context}. */
    TlsContext(SslContext context) {
        this.context = context;
    }

    /** Returns an owned handler: whoever adds it to a pipeline passes it on to that. */
    SslHandler newHandler(Function<SslContext, SslHandler> factory) {
        try {
            ReferenceCountUtil.retain(context);
        } catch (IllegalReferenceCountException e) {
            throw new IllegalStateException("TLS context: closed (expected: open)", e);
        }
        try {
            SslHandler handler = factory.apply(context);
            TlsParameters.forbidTickets(handler);
            return handler;
        } finally {
            ReferenceCountUtil.release(context);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            ReferenceCountUtil.release(context);
        }
    }
}
