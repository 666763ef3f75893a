package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.EXPIRED;
import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;
import static io.sealgate.core.spi.HandshakeRefusal.NOT_YET_VALID;
import static io.sealgate.core.spi.HandshakeRefusal.TOO_DEEP;
import static io.sealgate.core.spi.HandshakeRefusal.UNKNOWN_CA;
import static io.sealgate.core.spi.HandshakeRefusal.WEAK_ALGORITHM;

import io.sealgate.core.spi.HandshakeRefusal;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/**
 * Judges one path, from a client's certificate to the anchor: dates, {@link CertificateRules}, depth, and RFC 5280 §6.1 by the
 * JDK. Immutable; makes no I/O.
 *
 * @param rules    for the single certificates
 * @param maxDepth how many intermediates there may be; self-issued ones do not count, as in path length constraints
 */
record PathRules(CertificateRules rules, int maxDepth) {

    /** Extensions of an anchor that limit the path below it. */
    private static final Set<String> LIMITS = Set.of(
            "2.5.29.30", // name constraints
            "2.5.29.36", // policy constraints
            "2.5.29.54"); // inhibit anyPolicy

    /** Refuses {@code path} if anything is wrong with it at {@code now}. */
    void check(List<X509Certificate> path, Instant now) throws RefusedCertificateException {
        checkDates(path, now);
        for (X509Certificate intermediate : path.subList(1, Math.max(1, path.size() - 1))) {
            rules.checkIntermediate(intermediate);
        }
        rules.checkLeaf(path.get(0));
        checkDepth(path);
        checkPath(path, now);
        WildcardNames.check(path);
    }

    private static void checkDates(List<X509Certificate> path, Instant now) throws RefusedCertificateException {
        for (X509Certificate certificate : path) {
            if (Certificates.isExpired(certificate, now)) {
                throw refusal(
                        EXPIRED,
                        certificate,
                        "until " + certificate.getNotAfter().toInstant() + " (expected: valid now)");
            }
            if (Certificates.isNotYetValid(certificate, now)) {
                throw refusal(
                        NOT_YET_VALID,
                        certificate,
                        "from " + certificate.getNotBefore().toInstant() + " (expected: valid now)");
            }
        }
    }

    private void checkDepth(List<X509Certificate> path) throws RefusedCertificateException {
        if (path.size() < 2) {
            throw refusal(UNKNOWN_CA, path.get(0), "a trust anchor (expected: a certificate that it issued)");
        }
        long depth = path.subList(1, path.size() - 1).stream()
                .filter(intermediate -> !Certificates.isSelfIssued(intermediate))
                .count();
        if (depth > maxDepth) {
            throw refusal(
                    TOO_DEEP, path.get(0), depth + " intermediate certificates (expected: at most " + maxDepth + ")");
        }
    }

    private static void checkPath(List<X509Certificate> path, Instant now) throws RefusedCertificateException {
        X509Certificate leaf = path.get(0);
        X509Certificate top = path.get(path.size() - 1);
        // To RFC 5280 an anchor is a name and a key, and the JDK passes over what else its certificate limits. But
        // whoever
        // wrote a limit there meant it: such a certificate is made a part of the path, under its own name and key.
        List<X509Certificate> certificates = limits(top) ? path : path.subList(0, path.size() - 1);
        TrustAnchor anchor = new TrustAnchor(top.getSubjectX500Principal(), top.getPublicKey(), null);
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
            parameters.setDate(Date.from(now));
            // Not the JDK's business: it would fetch lists over the network, here on the event loop.
            parameters.setRevocationEnabled(false);
            if (EllipticCurveSignatures.areMadeBy(signers(path))) {
                parameters.setSigProvider(EllipticCurveSignatures.provider());
            }
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(certificates), parameters);
        } catch (CertPathValidatorException e) {
            throw new RefusedCertificateException(
                    refusal(e.getReason()),
                    Certificates.subject(leaf) + ": " + e.getMessage() + " (expected: a valid path)",
                    e);
        } catch (GeneralSecurityException e) {
            throw new RefusedCertificateException(
                    INVALID_CERTIFICATE, Certificates.subject(leaf) + ": unusable path (expected: a valid one)", e);
        }
    }

    private static List<PublicKey> signers(List<X509Certificate> path) {
        return path.stream().skip(1).map(X509Certificate::getPublicKey).toList();
    }

    private static boolean limits(X509Certificate anchor) {
        return anchor.getBasicConstraints() != Integer.MAX_VALUE
                || LIMITS.stream().anyMatch(oid -> anchor.getExtensionValue(oid) != null);
    }

    private static HandshakeRefusal refusal(Reason reason) {
        if (reason == PKIXReason.PATH_TOO_LONG) {
            return TOO_DEEP;
        }
        if (reason == BasicReason.INVALID_SIGNATURE) {
            // a CA of that name is known, but not the one that signed
            return UNKNOWN_CA;
        }
        return reason == BasicReason.ALGORITHM_CONSTRAINED ? WEAK_ALGORITHM : INVALID_CERTIFICATE;
    }

    private static RefusedCertificateException refusal(
            HandshakeRefusal reason, X509Certificate certificate, String message) {
        return new RefusedCertificateException(reason, Certificates.subject(certificate) + ": " + message);
    }
}
