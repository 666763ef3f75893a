package io.sealgate.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS with client certificates on one listener, by BoringSSL. Immutable and thread-safe; owns its native context. A
 * change of keys or trust makes a new one: nothing here is ever swapped in place.
 */
final class MutualTls implements AutoCloseable {

    private final ServerTlsContext context;
    private final ClientAdmission admission;
    private final ClientAuthentication clientAuth;
    private final Duration handshakeTimeout;

    private MutualTls(
            ServerTlsContext context,
            ClientAdmission admission,
            ClientAuthentication clientAuth,
            Duration handshakeTimeout) {
        this.context = context;
        this.admission = admission;
        this.clientAuth = clientAuth;
        this.handshakeTimeout = handshakeTimeout;
    }

    /**
     * Makes the native context.
     *
     * @param certificates     what the gateway presents
     * @param trust            whose clients are let in
     * @param checks           find the revoked ones among these
     * @param config           how strict to be
     * @param protocols        for ALPN, the preferred one first: {@code h2}, {@code http/1.1}
     * @param handshakeTimeout from the first byte to the end of the handshake
     * @param clock            tells whether client certificates are valid
     * @throws TlsMaterialException if BoringSSL rejects the configuration
     */
    static MutualTls of(
            ServerCertificates certificates,
            TrustBundle trust,
            RevocationChecks checks,
            TlsConfig config,
            List<String> protocols,
            Duration handshakeTimeout,
            InstantSource clock)
            throws TlsMaterialException {
        ClientAdmission admission = new ClientAdmission(new ClientChainValidator(trust, config.trust(), clock), checks);
        ServerTlsContext context = ServerTlsContext.open(
                ServerCredentials.of(certificates, clock.instant()),
                builder -> TlsParameters.apply(builder, config.profile(), protocols)
                        .trustManager(new ClientTrustManager(admission))
                        .clientAuth(nettyName(config.clientAuth())));
        return new MutualTls(context, admission, config.clientAuth(), handshakeTimeout);
    }

    private static ClientAuth nettyName(ClientAuthentication clientAuth) {
        return switch (clientAuth) {
            case REQUIRE -> ClientAuth.REQUIRE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case NONE -> ClientAuth.NONE;
        };
    }

    SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator, admission.executor());
        handler.setHandshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        return handler;
    }

    ClientIdentity identify(SslHandler handler) {
        SSLSession session = session(handler);
        TrustedClient client = ClientTrustManager.clientOf(session);
        if (client != null) {
            return client.identity();
        }
        if (clientAuth == ClientAuthentication.REQUIRE || hasCertificate(session)) {
            throw new IllegalStateException("client certificate: none was judged (expected: one)");
        }
        return new ClientIdentity.Anonymous();
    }

    private static boolean hasCertificate(SSLSession session) {
        try {
            return session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    /** What the client at the other end sent, its own certificate first. */
    static X509Certificate[] presented(SslHandler handler) {
        try {
            return Arrays.stream(session(handler).getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("client certificate: none (expected: of a client that was identified)", e);
        }
    }

    /** The path by which the client at the other end was let in, from its certificate to the anchor. */
    static List<X509Certificate> pathOf(SslHandler handler) {
        TrustedClient client = ClientTrustManager.clientOf(session(handler));
        return client == null ? List.of() : client.path();
    }

    /** As {@link io.sealgate.core.spi.Standing#judge}. */
    @Nullable
    HandshakeRefusal groundsForLeaving(X509Certificate[] presented) {
        try {
            admission.review(presented);
            return null;
        } catch (RefusedCertificateException e) {
            return e.reason().endsConnections() ? e.reason() : null;
        }
    }

    ConnectionContext.Tls describe(SslHandler handler) {
        SSLSession session = session(handler);
        return new ConnectionContext.Tls(session.getProtocol(), session.getCipherSuite(), serverName(handler));
    }

    /**
     * Null if the client asked for none, or for what is no host name: neither log nor policy is to be bothered with
     * that. Not from the session: the JDK's type for it throws at what it does not like, a dot at the end for one.
     */
    private static @Nullable String serverName(SslHandler handler) {
        String asked = SSL.getSniHostname(((ReferenceCountedOpenSslEngine) handler.engine()).sslPointer());
        return asked == null ? null : ServerName.canonical(asked).orElse(null);
    }

    private static SSLSession session(SslHandler handler) {
        // Before that a session has no peer certificate, and a client of an optional kind would pass for anonymous.
        if (!handler.handshakeFuture().isSuccess()) {
            throw new IllegalStateException("handshake: not successful (expected: finished with success)");
        }
        return handler.engine().getSession();
    }

    HandshakeRefusal classify(Throwable cause) {
        return HandshakeFailures.classify(cause);
    }

    @Nullable
    String explain(Throwable cause) {
        return HandshakeFailures.explain(cause);
    }

    @Override
    public void close() {
        context.close();
    }
}
