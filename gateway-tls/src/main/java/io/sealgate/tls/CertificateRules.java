package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;
import static io.sealgate.core.spi.HandshakeRefusal.UNSUPPORTED_KEY;
import static io.sealgate.core.spi.HandshakeRefusal.WEAK_ALGORITHM;
import static io.sealgate.core.spi.HandshakeRefusal.WRONG_USAGE;

import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.TrustConfig.ExtendedKeyUsage;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of every single certificate beyond RFC 5280 path validation: strong algorithms, the right purpose, and
 * nothing in it that the JDK could not read.
 *
 * @param extendedKeyUsage whether the purpose must be stated
 * @param strength         of keys and signatures
 */
record CertificateRules(ExtendedKeyUsage extendedKeyUsage, AlgorithmStrength strength) {

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private static final String KEY_USAGE_OID = "2.5.29.15";
    private static final String EXTENDED_KEY_USAGE_OID = "2.5.29.37";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    /** Judges an intermediate certificate. */
    void checkIntermediate(X509Certificate intermediate) throws RefusedCertificateException {
        checkStrength(intermediate);
        keyUsage(intermediate); // keyCertSign itself is the path validation's business
        NameConstraintForm.check(intermediate);
        List<String> purposes = purposes(intermediate);
        // A CA that is limited to other purposes cannot hand out this one: not RFC 5280, but what OpenSSL and browsers
        // hold to.
        if (extendedKeyUsage == ExtendedKeyUsage.REQUIRE && purposes != null && !allowsClients(purposes)) {
            throw refusal(WRONG_USAGE, intermediate, "a CA for " + purposes + " (expected: clientAuth or any purpose)");
        }
    }

    /** Judges the client's own certificate. */
    void checkLeaf(X509Certificate leaf) throws RefusedCertificateException {
        checkProof(leaf); // first, as BoringSSL does: a key that cannot be proved is not weak but unknown
        checkStrength(leaf);
        if (Certificates.isAuthority(leaf)) {
            throw refusal(WRONG_USAGE, leaf, "a CA (expected: an end entity, by its basic constraints)");
        }
        if (NameConstraintForm.isConstrained(leaf)) {
            throw refusal(INVALID_CERTIFICATE, leaf, "name constraints (expected: none, it is no CA)");
        }
        checkKeyUsage(leaf);
        checkPurpose(leaf);
    }

    private void checkStrength(X509Certificate certificate) throws RefusedCertificateException {
        Optional<String> weakness =
                strength.weaknessOfKey(certificate).or(() -> AlgorithmStrength.weaknessOfSignature(certificate));
        if (weakness.isPresent()) {
            throw refusal(WEAK_ALGORITHM, certificate, weakness.get());
        }
    }

    private static void checkProof(X509Certificate leaf) throws RefusedCertificateException {
        Optional<String> obstacle = HandshakeKeys.obstacle(leaf);
        if (obstacle.isPresent()) {
            throw refusal(UNSUPPORTED_KEY, leaf, obstacle.get());
        }
    }

    /**
     * The JDK passes over a non-critical extension that it cannot read; what limits a key must not get lost that way.
     */
    private static boolean @Nullable [] keyUsage(X509Certificate certificate) throws RefusedCertificateException {
        boolean[] usages = certificate.getKeyUsage();
        if (usages == null && certificate.getExtensionValue(KEY_USAGE_OID) != null) {
            throw refusal(INVALID_CERTIFICATE, certificate, "unreadable key usage (expected: RFC 5280 §4.2.1.3)");
        }
        return usages;
    }

    /** TLS clients prove their key by a signature (RFC 8446 §4.4.2.2): a key that must not sign cannot do that. */
    private static void checkKeyUsage(X509Certificate leaf) throws RefusedCertificateException {
        boolean[] usages = keyUsage(leaf);
        if (usages != null && !usages[DIGITAL_SIGNATURE]) {
            throw refusal(WRONG_USAGE, leaf, "key usage without digitalSignature (expected: with it, or no key usage)");
        }
        if (usages != null && usages[KEY_CERT_SIGN]) {
            throw refusal(WRONG_USAGE, leaf, "key usage keyCertSign (expected: without it, it is no CA)");
        }
    }

    private void checkPurpose(X509Certificate leaf) throws RefusedCertificateException {
        List<String> purposes = purposes(leaf);
        if (extendedKeyUsage == ExtendedKeyUsage.REQUIRE && (purposes == null || !allowsClients(purposes))) {
            throw refusal(
                    WRONG_USAGE,
                    leaf,
                    "extended key usage " + (purposes == null ? "absent" : purposes) + " (expected: clientAuth)");
        }
    }

    /** Null if the certificate does not limit its purposes. */
    private static @Nullable List<String> purposes(X509Certificate certificate) throws RefusedCertificateException {
        List<String> purposes;
        try {
            purposes = certificate.getExtendedKeyUsage();
        } catch (CertificateParsingException e) {
            throw refusal(
                    INVALID_CERTIFICATE, certificate, "unreadable extended key usage (expected: RFC 5280 §4.2.1.12)");
        }
        if (purposes == null && certificate.getExtensionValue(EXTENDED_KEY_USAGE_OID) != null) {
            throw refusal(
                    INVALID_CERTIFICATE, certificate, "unreadable extended key usage (expected: RFC 5280 §4.2.1.12)");
        }
        return purposes;
    }

    private static boolean allowsClients(List<String> purposes) {
        return purposes.contains(CLIENT_AUTH) || purposes.contains(ANY_PURPOSE);
    }

    private static RefusedCertificateException refusal(
            HandshakeRefusal reason, X509Certificate certificate, String message) {
        return new RefusedCertificateException(reason, Certificates.subject(certificate) + ": " + message);
    }
}
