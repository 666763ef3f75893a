package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.EXPIRED;
import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;
import static io.sealgate.core.spi.HandshakeRefusal.NOT_YET_VALID;
import static io.sealgate.core.spi.HandshakeRefusal.TOO_DEEP;
import static io.sealgate.core.spi.HandshakeRefusal.UNKNOWN_CA;
import static io.sealgate.core.spi.HandshakeRefusal.WEAK_ALGORITHM;

import io.sealgate.core.spi.HandshakeRefusal;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out why no path could be built: the JDK's builder only says that there is none. Follows names and signatures from
 * the client's certificate upwards, whatever is wrong on the way, then looks at what it walked over. Always ends in a refusal.
 *
 * @param anchors       trusted certificates
 * @param intermediates what may lie between, from the client and from the bundle
 * @param maxDepth      how many may
 * @param rules         for the single certificates
 * @param now           the time to judge at
 */
record ChainDiagnosis(
        List<X509Certificate> anchors,
        List<X509Certificate> intermediates,
        int maxDepth,
        CertificateRules rules,
        Instant now) {

    /** Far above any sensible depth: only so that the walk ends. */
    private static final int LONGEST_WALK = 32;

    /** Why {@code leaf} is refused. */
    RefusedCertificateException explain(X509Certificate leaf, GeneralSecurityException cause) {
        List<X509Certificate> path = walk(leaf);
        X509Certificate top = path.get(path.size() - 1);
        if (!anchors.contains(top)) {
            return refusal(
                    UNKNOWN_CA,
                    leaf,
                    "issuer " + Certificates.name(top.getIssuerX500Principal())
                            + " (expected: a CA of the trust bundle)");
        }
        try {
            checkDates(path);
            checkRules(path);
            checkDepth(path);
            checkPath(path);
        } catch (RefusedCertificateException e) {
            return e;
        }
        return new RefusedCertificateException(
                INVALID_CERTIFICATE, Certificates.subject(leaf) + ": no valid path to a trusted CA", cause);
    }

    /** From {@code leaf} as far up as it goes. */
    private List<X509Certificate> walk(X509Certificate leaf) {
        List<X509Certificate> path = new ArrayList<>();
        path.add(leaf);
        while (path.size() < LONGEST_WALK) {
            X509Certificate top = path.get(path.size() - 1);
            if (anchors.contains(top)) {
                break;
            }
            Optional<X509Certificate> issuer = issuer(top, anchors, path).or(() -> issuer(top, intermediates, path));
            if (issuer.isEmpty()) {
                break;
            }
            path.add(issuer.get());
        }
        return path;
    }

    /** An issuer that is valid now, or else one that is not. */
    private Optional<X509Certificate> issuer(
            X509Certificate certificate, List<X509Certificate> candidates, List<X509Certificate> path) {
        List<X509Certificate> issuers = candidates.stream()
                .filter(candidate -> !path.contains(candidate))
                .filter(candidate -> Certificates.issued(candidate, certificate))
                .toList();
        return issuers.stream()
                .filter(candidate -> Certificates.isValid(candidate, now))
                .findFirst()
                .or(() -> issuers.stream().findFirst());
    }

    private void checkDates(List<X509Certificate> path) throws RefusedCertificateException {
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

    private void checkRules(List<X509Certificate> path) throws RefusedCertificateException {
        for (X509Certificate intermediate : path.subList(1, Math.max(1, path.size() - 1))) {
            rules.checkIntermediate(intermediate);
        }
        rules.checkLeaf(path.get(0));
    }

    private void checkDepth(List<X509Certificate> path) throws RefusedCertificateException {
        int depth = path.size() - 2;
        int most = Math.min(maxDepth, path.get(path.size() - 1).getBasicConstraints());
        if (depth > most) {
            throw refusal(TOO_DEEP, path.get(0), depth + " intermediate certificates (expected: at most " + most + ")");
        }
    }

    /** Asks the JDK once more, now about one certain path: about that it gives reasons. */
    private void checkPath(List<X509Certificate> path) throws RefusedCertificateException {
        X509Certificate leaf = path.get(0);
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(Anchors.of(path.get(path.size() - 1))));
            parameters.setDate(Date.from(now));
            parameters.setRevocationEnabled(false);
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            CertPathValidator.getInstance("PKIX")
                    .validate(factory.generateCertPath(path.subList(0, path.size() - 1)), parameters);
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

    private static HandshakeRefusal refusal(Reason reason) {
        if (reason == PKIXReason.PATH_TOO_LONG) {
            return TOO_DEEP;
        }
        return reason == BasicReason.ALGORITHM_CONSTRAINED ? WEAK_ALGORITHM : INVALID_CERTIFICATE;
    }

    private static RefusedCertificateException refusal(
            HandshakeRefusal reason, X509Certificate certificate, String message) {
        return new RefusedCertificateException(reason, Certificates.subject(certificate) + ": " + message);
    }
}
