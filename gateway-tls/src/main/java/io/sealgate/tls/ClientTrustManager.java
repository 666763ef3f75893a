package io.sealgate.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.sealgate.tls.revocation.Revocation;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Where BoringSSL asks about a client's certificate: hands over to {@link ClientChainValidator}, then to
 * {@link Revocation} if there is any, and turns a refusal into the exception that carries the right alert. Called on the event loop; thread-safe.
 */
final class ClientTrustManager extends X509ExtendedTrustManager {

    private final ClientChainValidator validator;
    private final @Nullable Revocation revocation;

    /** Looks for no revoked certificates if {@code revocation} is null. */
    ClientTrustManager(ClientChainValidator validator, @Nullable Revocation revocation) {
        this.validator = validator;
        this.revocation = revocation;
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
            requireUnrevoked(validator.validate(chain));
        } catch (RefusedCertificateException e) {
            // Anything else that is thrown from here reaches the client as internal_error (80).
            throw new OpenSslCertificateException(e.getMessage(), e, VerifyCodes.of(e.reason()));
        }
    }

    private void requireUnrevoked(List<X509Certificate> path) throws RefusedCertificateException {
        Optional<Revocation.Refusal> refusal = revocation == null ? Optional.empty() : revocation.judge(path);
        if (refusal.isPresent()) {
            throw new RefusedCertificateException(
                    refusal.get().reason(), refusal.get().message());
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
        return validator.acceptedIssuers();
    }
}
