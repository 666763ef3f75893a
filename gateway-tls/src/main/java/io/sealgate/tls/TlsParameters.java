package io.sealgate.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What both sides of the gateway have in common: BoringSSL, two protocol versions, forward secrecy, AEAD, full handshakes. */
final class TlsParameters {

    /** BoringSSL has no others, in an order of its own by what the CPU is good at, and lets nobody choose. */
    private static final List<String> TLS_1_3_SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private TlsParameters() {}

    /** Adds what is common, and {@code protocols} for ALPN; an empty list turns that off. */
    static SslContextBuilder apply(SslContextBuilder builder, TlsProfile profile, List<String> protocols) {
        return builder.sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols(versions(profile))
                .ciphers(suites(profile))
                // Always said, because the default follows a system property.
                .option(
                        OpenSslContextOption.GROUPS,
                        profile.groups().stream().map(NamedGroup::toString).toArray(String[]::new))
                .applicationProtocolConfig(alpn(protocols));
    }

    private static List<String> versions(TlsProfile profile) {
        return profile.isTls12Spoken()
                ? List.of(TlsConfig.Version.TLS_1_3.toString(), TlsConfig.Version.TLS_1_2.toString())
                : List.of(TlsConfig.Version.TLS_1_3.toString());
    }

    private static List<String> suites(TlsProfile profile) {
        // By those of TLS 1.2 Netty tells what kinds of key there are to ask for, whether it is spoken or not.
        List<CipherSuite> older = profile.isTls12Spoken() ? profile.cipherSuites() : CipherSuite.all();
        return Stream.concat(TLS_1_3_SUITES.stream(), older.stream().map(CipherSuite::toString))
                .toList();
    }

    /** Netty's OpenSSL engines know only this behaviour: without a common protocol, carry on with none. */
    private static ApplicationProtocolConfig alpn(List<String> protocols) {
        return protocols.isEmpty()
                ? ApplicationProtocolConfig.DISABLED
                : new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        protocols);
    }

    /** Builds a context, which the caller owns, that remembers no sessions. */
    static SslContext build(SslContextBuilder builder) throws TlsMaterialException {
        try {
            SslContext context = builder.build();
            ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
            return context;
        } catch (SSLException e) {
            throw new TlsMaterialException("TLS: refused by BoringSSL (expected: usable key, certificate and CAs)", e);
        }
    }

    /**
     * Makes the connection of a new handler do a full handshake, whatever the peer remembers. Must be done on every engine:
     * Netty switches tickets on for each as soon as TLS 1.3 is enabled, over the context's setting and for TLS 1.2 as well.
     */
    static void forbidTickets(SslHandler handler) {
        SSL.setOptions(((ReferenceCountedOpenSslEngine) handler.engine()).sslPointer(), SSL.SSL_OP_NO_TICKET);
    }

    /**
     * Keeps a server from renegotiating. Netty allows it once on the client's side, which could bring another certificate than
     * the one that was verified; towards clients BoringSSL never does it.
     */
    static void forbidRenegotiation(SslHandler handler) {
        ReferenceCountedOpenSslEngine engine = (ReferenceCountedOpenSslEngine) handler.engine();
        try {
            SSL.setRenegotiateMode(engine.sslPointer(), SSL.SSL_RENEGOTIATE_NEVER);
        } catch (Exception e) {
            engine.release();
            throw new IllegalStateException("renegotiation mode: refused by BoringSSL (expected: settable)", e);
        }
    }
}
