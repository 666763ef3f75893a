package io.sealgate.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys and signatures are strong enough (112 bits and more, NIST SP 800-57 part 1). Both are lists of what is
 * good: an algorithm that nobody here has thought of is weak. Configuration can ask for more, never for less.
 *
 * @param leastRsaBits of an RSA key
 * @param leastEcBits  of a key on an elliptic curve
 */
record AlgorithmStrength(int leastRsaBits, int leastEcBits) {

    static final int LEAST_RSA = 2048;
    static final int LEAST_EC = 256;

    /** More only costs whoever verifies with it. */
    static final int MOST_RSA = 8192;

    /** Clients have no longer keys (see {@link HandshakeKeys}), so a higher minimum would let nobody in. CAs may. */
    static final int MOST_EC = 384;

    /** What nobody should go below, and nobody can ask less than. */
    static final AlgorithmStrength LEAST = new AlgorithmStrength(LEAST_RSA, LEAST_EC);

    private static final String PSS = "1.2.840.113549.1.1.10";
    private static final Set<String> PSS_DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512");
    private static final Set<String> SIGNATURES = Set.of(
            "1.2.840.113549.1.1.11", // SHA256withRSA
            "1.2.840.113549.1.1.12", // SHA384withRSA
            "1.2.840.113549.1.1.13", // SHA512withRSA
            "1.2.840.10045.4.3.2", // SHA256withECDSA
            "1.2.840.10045.4.3.3", // SHA384withECDSA
            "1.2.840.10045.4.3.4", // SHA512withECDSA
            "1.3.101.112", // Ed25519
            "1.3.101.113"); // Ed448

    /** The curves that TLS 1.3 signs with (RFC 8446 §4.2.3), by their orders, of which no two are the same. */
    private static final Set<BigInteger> CURVES = Set.of(order("secp256r1"), order("secp384r1"), order("secp521r1"));

    /** What is weak about the certificate's own key; nothing if it is strong. */
    Optional<String> weaknessOfKey(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return weakness(
                    bits >= leastRsaBits && bits <= MOST_RSA,
                    "RSA key of " + bits + " bits (expected: " + leastRsaBits + " to " + MOST_RSA + ")");
        }
        if (key instanceof ECKey ec) {
            BigInteger order = ec.getParams().getOrder();
            return weakness(
                    CURVES.contains(order) && order.bitLength() >= leastEcBits,
                    "EC key of " + order.bitLength() + " bits (expected: P-256, P-384 or P-521, at least " + leastEcBits
                            + " bits)");
        }
        return weakness(
                key instanceof EdECKey, key.getAlgorithm() + " key (expected: RSA, EC on a NIST curve or EdDSA)");
    }

    /** What is weak about the issuer's signature on it; nothing if it is strong. Of no meaning for a trust anchor. */
    static Optional<String> weaknessOfSignature(X509Certificate certificate) {
        boolean strong = isStrong(certificate.getSigAlgOID(), certificate.getSigAlgParams());
        return weakness(strong, certificate.getSigAlgName() + " signature (expected: SHA-256 or better)");
    }

    /**
     * The smallest order of an accepted curve that is above {@code number}. For a number of a signature that is its
     * curve's order, but for chances below 2^-100.
     *
     * @throws IllegalArgumentException if there is none
     */
    static BigInteger orderAbove(BigInteger number) {
        return CURVES.stream()
                .filter(order -> order.compareTo(number) > 0)
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalArgumentException("number: of " + number.bitLength()
                        + " bits (expected: below the order of P-256, P-384 or P-521)"));
    }

    /** The order of a named curve. It identifies the curve: two curves of the same length have different orders. */
    static BigInteger order(String curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return parameters.getParameterSpec(ECParameterSpec.class).getOrder();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the NIST curves are in every JDK", e);
        }
    }

    /** What is weak about a signature with this algorithm, its parameters in DER; nothing if it is strong. */
    static Optional<String> weaknessOfSignature(String oid, byte @Nullable [] parameters) {
        return weakness(isStrong(oid, parameters), "algorithm " + oid + " (expected: SHA-256 or better)");
    }

    private static boolean isStrong(String oid, byte @Nullable [] parameters) {
        return oid.equals(PSS) ? hasStrongPssDigest(parameters) : SIGNATURES.contains(oid);
    }

    private static boolean hasStrongPssDigest(byte @Nullable [] encoded) {
        if (encoded == null) {
            return false;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            PSSParameterSpec spec = parameters.getParameterSpec(PSSParameterSpec.class);
            return PSS_DIGESTS.contains(spec.getDigestAlgorithm());
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static Optional<String> weakness(boolean strong, String text) {
        return strong ? Optional.empty() : Optional.of(text);
    }
}
