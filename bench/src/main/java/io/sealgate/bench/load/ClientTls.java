package io.sealgate.bench.load;

import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * The client's side of TLS, the same towards every peer: TLS 1.3, X25519, AES-128-GCM, a client certificate, no
 * resumption. What was really negotiated is checked on every connection, so that no row compares unlike things.
 */
public final class ClientTls {
    /**
     * BoringSSL lets nobody configure TLS 1.3 suites and, on a CPU with AES instructions, offers this one first; so it is
     * what all peers are held to.
     */
    public static final String CIPHER = "TLS_AES_128_GCM_SHA256";

    public static final String GROUP = "x25519";
    private static final String PROTOCOL = "TLSv1.3";

    private final SslContext context;

    private ClientTls(SslContext context) {
        this.context = context;
        ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
    }

    public static ClientTls mutual(Path trustedCa, Path chain, Path key) throws SSLException {
        return new ClientTls(
                builder(trustedCa).keyManager(chain.toFile(), key.toFile()).build());
    }

    /** Presents another certificate on every connection. */
    public static ClientTls fleet(Path trustedCa, Devices devices) throws SSLException {
        return new ClientTls(builder(trustedCa).keyManager(devices).build());
    }

    /** Presents no certificate: what every peer must refuse. */
    public static ClientTls anonymous(Path trustedCa) throws SSLException {
        return new ClientTls(builder(trustedCa).build());
    }

    private static SslContextBuilder builder(Path trustedCa) {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols(PROTOCOL)
                .option(OpenSslContextOption.GROUPS, new String[] {GROUP})
                .trustManager(trustedCa.toFile());
    }

    SslHandler newHandler(Channel channel, int port) {
        return context.newHandler(channel.alloc(), Target.HOST, port);
    }

    static void requireFullHandshake(SslHandler handler) throws IOException {
        SSLSession session = handler.engine().getSession();
        require("protocol", session.getProtocol(), PROTOCOL);
        require("cipher suite", session.getCipherSuite(), CIPHER);
        boolean resumed = SSL.isSessionReused(((ReferenceCountedOpenSslEngine) handler.engine()).sslPointer());
        require("resumed", String.valueOf(resumed), "false");
    }

    private static void require(String what, String actual, String expected) throws IOException {
        if (!expected.equals(actual)) {
            throw new IOException("TLS " + what + ": " + actual + " (expected: " + expected + ")");
        }
    }
}
