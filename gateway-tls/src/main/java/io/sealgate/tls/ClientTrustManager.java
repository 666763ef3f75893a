package io.sealgate.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Where BoringSSL asks about a client's certificate: hands over to {@link ClientAdmission} and turns a refusal into the exception
 * that carries the right alert. Called on the event loop, or where {@link ClientAdmission#executor} says; thread-safe.
 */
final class ClientTrustManager extends X509ExtendedTrustManager {

    private static final String CLIENT = "io.sealgate.client";

    private final ClientAdmission admission;

    ClientTrustManager(ClientAdmission admission) {
        this.admission = admission;
    }

    /** Who was found good in this handshake; null if nobody was asked. Call once the handshake is over. */
    static @Nullable TrustedClient clientOf(SSLSession session) {
        return (TrustedClient) session.getValue(CLIENT);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            TrustedClient client = admission.admit(chain);
            // On the session of this very handshake: whoever asks later gets the client that was judged here and no
            // other.
            engine.getHandshakeSession().putValue(CLIENT, client);
        } catch (RefusedCertificateException e) {
            // Anything else that is thrown from here reaches the client as internal_error (80).
            throw new OpenSslCertificateException(e.getMessage(), e, VerifyCodes.of(e.reason()));
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("client certificate: refused (expected: the engine that it was presented to)");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("server certificate: refused (expected: a client's, this trusts no servers)");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return admission.acceptedIssuers();
    }
}
