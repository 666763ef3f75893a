package io.sealgate.tls;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of a CA certificate before it is trusted. Path validation looks at an anchor as a name and a key; what else its
 * certificate says is looked at here, once, where the operator reads the answer.
 *
 * @param strength of its key
 */
record AuthorityRules(AlgorithmStrength strength) {

    private static final int KEY_CERT_SIGN = 5;

    /** The extensions that path validation, ours and the JDK's, acts upon. */
    private static final Set<String> UNDERSTOOD = Set.of(
            "2.5.29.14", // subject key identifier
            "2.5.29.15", // key usage
            "2.5.29.17", // subject alternative name
            "2.5.29.19", // basic constraints
            "2.5.29.30", // name constraints
            "2.5.29.32", // certificate policies
            "2.5.29.33", // policy mappings
            "2.5.29.35", // authority key identifier
            "2.5.29.36", // policy constraints
            "2.5.29.37", // extended key usage
            "2.5.29.54"); // inhibit anyPolicy

    /** What is wrong with it; nothing if it may be trusted. */
    Optional<String> flaw(X509Certificate certificate) {
        if (!Certificates.isAuthority(certificate)) {
            return Optional.of("no CA (expected: a CA, by its basic constraints)");
        }
        boolean[] usages = certificate.getKeyUsage();
        if (usages != null && !usages[KEY_CERT_SIGN]) {
            return Optional.of("key usage without keyCertSign (expected: with it, or no key usage)");
        }
        Set<String> critical = new HashSet<>(certificate.getCriticalExtensionOIDs());
        critical.removeAll(UNDERSTOOD);
        if (!critical.isEmpty()) {
            return Optional.of("critical extensions " + critical + " (expected: none that is unknown here)");
        }
        return flawOfConstraints(certificate).or(() -> strength.weaknessOfKey(certificate));
    }

    private static Optional<String> flawOfConstraints(X509Certificate certificate) {
        try {
            NameConstraintForm.check(certificate);
            return Optional.empty();
        } catch (RefusedCertificateException e) {
            return Optional.of("malformed name constraints (expected: RFC 5280 §4.2.1.10)");
        }
    }
}
