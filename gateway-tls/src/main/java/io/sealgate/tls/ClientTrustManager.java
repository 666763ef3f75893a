package io.sealgate.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Where BoringSSL asks about a client's certificate: hands over to {@link ClientAdmission} and turns a refusal into the exception
 * that carries the right alert. Called on the event loop; thread-safe.
 */
final class ClientTrustManager extends X509ExtendedTrustManager {

    private final ClientAdmission admission;

    ClientTrustManager(ClientAdmission admission) {
        this.admission = admission;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            admission.admit(chain);
        } catch (RefusedCertificateException e) {
            // Anything else that is thrown from here reaches the client as internal_error (80).
            throw new OpenSslCertificateException(e.getMessage(), e, VerifyCodes.of(e.reason()));
        }
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
