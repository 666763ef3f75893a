package io.sealgate.certs;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The JDK's verdict on a chain: somebody else's reading of what this CA made. Throws where the chain is not good. */
record PathValidation(X509Certificate root, Instant at) {
    void validate(List<X509Certificate> chain) throws GeneralSecurityException {
        PKIXParameters parameters = parameters();
        parameters.setRevocationEnabled(false);
        validate(chain, parameters);
    }

    void validateAgainst(List<X509CRL> crls, List<X509Certificate> chain) throws GeneralSecurityException {
        PKIXParameters parameters = parameters();
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(crls)));
        validate(chain, parameters);
    }

    /** The one check of the JDK's that looks at the purpose of the leaf; it knows no time but the present. */
    void validateAsClientNow(List<X509Certificate> chain) throws GeneralSecurityException, IOException {
        trustManager().checkClientTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
    }

    void validateAsServerNow(List<X509Certificate> chain) throws GeneralSecurityException, IOException {
        trustManager().checkServerTrusted(chain.toArray(X509Certificate[]::new), "ECDHE_ECDSA");
    }

    private PKIXParameters parameters() throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setDate(Date.from(at));
        return parameters;
    }

    private static void validate(List<X509Certificate> chain, PKIXParameters parameters)
            throws GeneralSecurityException {
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
    }

    private X509TrustManager trustManager() throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("root", root);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        if (factory.getTrustManagers()[0] instanceof X509TrustManager manager) {
            return manager;
        }
        throw new CertificateException("no X.509 trust manager");
    }
}
