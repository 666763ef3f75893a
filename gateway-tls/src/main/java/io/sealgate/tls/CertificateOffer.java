package io.sealgate.tls;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Where BoringSSL asks for a certificate, once a ClientHello has been read: offers {@link ServerCredentials} and leaves the
 * choice between them to BoringSSL, which knows what the client can use. No private key passes through here. Called on
 * the event loop; thread-safe.
 */
final class CertificateOffer extends X509ExtendedKeyManager {

    private static final String ALIAS = "offered";

    private final ServerCredentials credentials;

    /** Borrows {@code credentials}. */
    CertificateOffer(ServerCredentials credentials) {
        this.credentials = credentials;
    }

    /** Always an answer: without one Netty would fail the handshake over the first kind of key that it asks about. */
    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        credentials.offer(((ReferenceCountedOpenSslEngine) engine).sslPointer());
        return ALIAS;
    }

    /** To Netty none means that there is nothing to set, and so what was offered stands. */
    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
