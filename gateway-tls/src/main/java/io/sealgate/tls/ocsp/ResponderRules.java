package io.sealgate.tls.ocsp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * Who may answer for a CA (RFC 6960 §4.2.2.2): the CA itself, or somebody whom it has given a certificate for just
 * that.
 *
 * @param strongKey       whether a responder's certificate has a strong key and signature
 * @param strongSignature whether a signature algorithm, by its OID and its parameters in DER, is strong
 */
record ResponderRules(Predicate<X509Certificate> strongKey, BiPredicate<String, byte[]> strongSignature) {

    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

    /** A hostile responder may send as many as there is room for. */
    private static final int MOST_CERTIFICATES = 4;

    /** Whether one who may has signed. */
    boolean isSigned(BasicOCSPResp response, X509Certificate issuer, Instant now) throws IOException {
        byte[] parameters = response.getSignatureAlgorithmID().getParameters() == null
                ? new byte[0]
                : response.getSignatureAlgorithmID()
                        .getParameters()
                        .toASN1Primitive()
                        .getEncoded();
        if (!strongSignature.test(response.getSignatureAlgOID().getId(), parameters)) {
            return false;
        }
        if (isSignedBy(response, issuer.getPublicKey())) {
            return true;
        }
        X509CertificateHolder[] certificates = response.getCerts();
        for (int i = 0; i < Math.min(certificates.length, MOST_CERTIFICATES); i++) {
            if (isSignedByDelegate(response, certificates[i], issuer, now)) {
                return true;
            }
        }
        return false;
    }

    /** For messages: whether a certificate that came with {@code response} has ended, or is not yet valid. */
    boolean isOutOfDate(BasicOCSPResp response, Instant now) {
        return Arrays.stream(response.getCerts())
                .limit(MOST_CERTIFICATES)
                .anyMatch(certificate -> !certificate.isValidOn(Date.from(now)));
    }

    private boolean isSignedByDelegate(
            BasicOCSPResp response, X509CertificateHolder sent, X509Certificate issuer, Instant now) {
        try {
            X509Certificate delegate = new JcaX509CertificateConverter().getCertificate(sent);
            delegate.checkValidity(Date.from(now));
            List<String> usages = delegate.getExtendedKeyUsage();
            if (usages == null
                    || !usages.contains(OCSP_SIGNING)
                    || !delegate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                    || !strongKey.test(delegate)) {
                return false;
            }
            delegate.verify(issuer.getPublicKey());
            return isSignedBy(response, delegate.getPublicKey());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isSignedBy(BasicOCSPResp response, PublicKey key) {
        try {
            return response.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
        } catch (OCSPException | OperatorCreationException | RuntimeException e) {
            return false; // a key of another kind than the signature, for one
        }
    }
}
