package io.sealgate.tls;

import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.Standing;
import io.sealgate.core.spi.TransportSecurity;
import javax.net.ssl.SSLException;

/** TLS with client certificates as Netty does it by default, with resumption: what shows that a client would resume. */
final class ResumingTls implements TransportSecurity {

    private final SslContext context;

    ResumingTls() throws SSLException {
        this(SERVER, ClientAuth.REQUIRE);
    }

    /** With any certificate, also one that a listener would refuse to present. */
    ResumingTls(Issued certificate, ClientAuth clientAuth) throws SSLException {
        context = SslContextBuilder.forServer(certificate.key(), certificate.chainArray())
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .clientAuth(clientAuth)
                .trustManager(CLIENT_ROOT.certificate())
                .build();
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator) {
        return context.newHandler(allocator);
    }

    @Override
    public ClientIdentity identify(SslHandler handler) {
        return new ClientIdentity.Anonymous();
    }

    @Override
    public Standing standing(SslHandler handler) {
        return () -> null;
    }

    @Override
    public ConnectionContext.Tls describe(SslHandler handler) {
        return new ConnectionContext.Tls("any", "any", null);
    }

    @Override
    public HandshakeRefusal classify(Throwable cause) {
        return HandshakeRefusal.OTHER;
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }
}
