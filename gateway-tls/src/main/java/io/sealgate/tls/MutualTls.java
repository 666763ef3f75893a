package io.sealgate.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.CrlStatus;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.TransportSecurity;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.revocation.CrlSet;
import io.sealgate.tls.revocation.Revocation;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS with client certificates on one listener, by BoringSSL. Immutable and thread-safe; owns its native context. A change of
 * keys or trust makes a new one: nothing here is ever swapped in place.
 */
public final class MutualTls implements TransportSecurity {

    private final TlsContext context;
    private final ClientAuthentication clientAuth;
    private final Duration handshakeTimeout;
    private final List<CrlStatus> crls;

    private MutualTls(
            TlsContext context, ClientAuthentication clientAuth, Duration handshakeTimeout, List<CrlStatus> crls) {
        this.context = context;
        this.clientAuth = clientAuth;
        this.handshakeTimeout = handshakeTimeout;
        this.crls = crls;
    }

    /**
     * Reads the files and makes the native context.
     *
     * @param config           keys, trust and how strict to be
     * @param protocols        for ALPN, the preferred one first: {@code h2}, {@code http/1.1}
     * @param handshakeTimeout from the first byte to the end of the handshake
     * @param clock            tells whether client certificates and revocation lists are valid
     * @param staleAccepted    told the name of the CA when a client is let in although a revocation list of it is stale; called on
     *                         event loops
     * @throws TlsMaterialException if {@link TlsConfig#check} would report a problem, or BoringSSL takes offence
     */
    public static MutualTls open(
            TlsConfig config,
            List<String> protocols,
            Duration handshakeTimeout,
            InstantSource clock,
            Consumer<String> staleAccepted)
            throws TlsMaterialException {
        Problems problems = new Problems();
        config.checkCount(problems, "tls");
        KeyMaterial material = problems.isEmpty()
                ? KeyMaterialLoader.load(config.certificates().get(0), problems, "tls.certificates[0]")
                        .orElse(null)
                : null;
        TrustBundle bundle = bundle(config, problems).orElse(null);
        CrlSet crls =
                bundle == null ? null : crls(config, bundle, clock, problems).orElse(null);
        if (material == null || bundle == null || !problems.isEmpty()) {
            throw new TlsMaterialException(String.join("; ", problems.lines()));
        }
        ClientChainValidator validator = new ClientChainValidator(bundle, config.trust(), clock);
        SslContextBuilder builder = SslContextBuilder.forServer(material.key(), material.chainArray())
                .trustManager(new ClientTrustManager(validator, revocation(config, crls, clock, staleAccepted)))
                .clientAuth(nettyName(config.clientAuth()));
        TlsParameters.apply(builder, config.minVersion(), protocols);
        return new MutualTls(
                new TlsContext(TlsParameters.build(builder)),
                config.clientAuth(),
                handshakeTimeout,
                crls == null ? List.of() : crls.statuses());
    }

    private static Optional<TrustBundle> bundle(TlsConfig config, Problems problems) {
        // Nobody is asked for a certificate; should one come all the same, nobody is trusted.
        return config.clientAuth() == ClientAuthentication.NONE
                ? Optional.of(TrustBundle.empty())
                : config.trust().load(problems, "tls.trust");
    }

    private static Optional<CrlSet> crls(TlsConfig config, TrustBundle bundle, InstantSource clock, Problems problems) {
        return config.clientAuth() == ClientAuthentication.NONE
                ? Optional.empty()
                : config.loadCrls(bundle, clock.instant(), problems, new Problems(), "tls");
    }

    private static @Nullable Revocation revocation(
            TlsConfig config, @Nullable CrlSet crls, InstantSource clock, Consumer<String> staleAccepted) {
        return config.revocation() == null || config.revocation().crl() == null || crls == null
                ? null
                : new Revocation(config.revocation().crl(), () -> crls, clock, staleAccepted);
    }

    private static ClientAuth nettyName(ClientAuthentication clientAuth) {
        return switch (clientAuth) {
            case REQUIRE -> ClientAuth.REQUIRE;
            case REQUEST -> ClientAuth.OPTIONAL;
            case NONE -> ClientAuth.NONE;
        };
    }

    /** The revocation lists that clients are judged by. */
    public List<CrlStatus> crls() {
        return crls;
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(shared -> shared.newHandler(allocator));
        handler.setHandshakeTimeout(handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
        return handler;
    }

    @Override
    public ClientIdentity identify(SslHandler handler) {
        Certificate leaf = peerCertificate(session(handler));
        if (leaf == null) {
            return new ClientIdentity.Anonymous();
        }
        try {
            return IdentityExtractor.identify(Certificates.parse(leaf.getEncoded()));
        } catch (CertificateException e) {
            throw new IllegalStateException("client certificate: unreadable after validation (expected: readable)", e);
        }
    }

    /** Null if the client had none and need not have one. */
    private @Nullable Certificate peerCertificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            if (clientAuth == ClientAuthentication.REQUIRE) {
                throw new IllegalStateException(
                        "client certificate: none (expected: one, the listener requires it)", e);
            }
            return null;
        }
    }

    @Override
    public ConnectionContext.Tls describe(SslHandler handler) {
        SSLSession session = session(handler);
        return new ConnectionContext.Tls(session.getProtocol(), session.getCipherSuite(), serverName(session));
    }

    private static @Nullable String serverName(SSLSession session) {
        for (SNIServerName name : ((ExtendedSSLSession) session).getRequestedServerNames()) {
            if (name instanceof SNIHostName host) {
                return host.getAsciiName();
            }
        }
        return null;
    }

    private static SSLSession session(SslHandler handler) {
        // Before that a session has no peer certificate, and a client of an optional kind would pass for anonymous.
        if (!handler.handshakeFuture().isSuccess()) {
            throw new IllegalStateException("handshake: not successful (expected: finished with success)");
        }
        return handler.engine().getSession();
    }

    @Override
    public HandshakeRefusal classify(Throwable cause) {
        return HandshakeFailures.classify(cause);
    }

    @Override
    public void close() {
        context.close();
    }
}
