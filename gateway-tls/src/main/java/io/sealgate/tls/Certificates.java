package io.sealgate.tls;

import io.sealgate.core.model.DistinguishedName;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Small questions about X.509 certificates that the JDK answers in more words. */
final class Certificates {

    private static final long LAST_SECOND = 999;

    private Certificates() {}

    /** Parses at once, unlike the certificates that Netty hands out, which throw unchecked exceptions on first use. */
    static X509Certificate parse(byte[] der) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    }

    /** The subject, RFC 2253, in one line. */
    static String subject(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    /** The text of any name. */
    static String name(X500Principal principal) {
        return DistinguishedName.of(principal).toString();
    }

    /**
     * True if {@code issuer} has the name that {@code certificate} gives as its issuer's and the key that signed it.
     */
    static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            verify(certificate, issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static void verify(X509Certificate certificate, PublicKey signer) throws GeneralSecurityException {
        if (EllipticCurveSignatures.areMadeBy(List.of(signer))) {
            certificate.verify(signer, EllipticCurveSignatures.provider());
        } else {
            certificate.verify(signer);
        }
    }

    /** True if it bears its issuer's name, whoever signed it (RFC 5280 §3.2). */
    static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return issued(certificate, certificate);
    }

    /** True if basic constraints say so (RFC 5280 §4.2.1.9). */
    static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    /** The last moment of the first of these to end from {@code now} on, in milliseconds since the epoch. */
    static long firstEnd(List<X509Certificate> certificates, long now) {
        long first = Long.MAX_VALUE;
        for (X509Certificate certificate : certificates) {
            // one is valid throughout the second that it ends in
            long end = certificate.getNotAfter().toInstant().toEpochMilli() + LAST_SECOND;
            if (end >= now) {
                first = Math.min(first, end);
            }
        }
        return first;
    }

    static boolean isExpired(X509Certificate certificate, Instant now) {
        return now.isAfter(certificate.getNotAfter().toInstant());
    }

    static boolean isNotYetValid(X509Certificate certificate, Instant now) {
        return now.isBefore(certificate.getNotBefore().toInstant());
    }

    static boolean isValid(X509Certificate certificate, Instant now) {
        return !isExpired(certificate, now) && !isNotYetValid(certificate, now);
    }
}
