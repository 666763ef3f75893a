package io.sealgate.tls;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Has ECDSA signatures on certificates verified by Bouncy Castle, which takes a fifth of the time that the JDK does. Everything else about a
 * path stays the JDK's affair, disabled algorithms included (docs/decisions/0024).
 */
final class EllipticCurveSignatures {

    private static final String NAME = "SealgateEcdsa";

    /** What X.509 certificates can say of an ECDSA signature and the JDK reads (RFC 5758, RFC 8692 for SHA-3's kind). */
    private static final List<String> ALGORITHMS = List.of(
            "SHA1withECDSA",
            "SHA224withECDSA",
            "SHA256withECDSA",
            "SHA384withECDSA",
            "SHA512withECDSA",
            "SHA3-224withECDSA",
            "SHA3-256withECDSA",
            "SHA3-384withECDSA",
            "SHA3-512withECDSA");

    private EllipticCurveSignatures() {}

    /** Whether every one of {@code signers} has a key on an elliptic curve, for ECDSA. */
    static boolean areMadeBy(List<PublicKey> signers) {
        return signers.stream().allMatch(signer -> signer.getAlgorithm().equals("EC"));
    }

    /**
     * The name of the provider that verifies them: the JDK takes a provider for paths only by a name that is registered for the whole process.
     * Thread-safe.
     */
    static String provider() {
        if (Security.getProvider(NAME) == null) {
            Security.addProvider(new ByName()); // last, and a second one of that name is not added
        }
        return NAME;
    }

    /** Nothing but these signatures, and only for whoever asks by name. */
    private static final class ByName extends Provider {
        private static final long serialVersionUID = 1;

        ByName() {
            super(NAME, "1", "ECDSA by Bouncy Castle");
            Provider whole = new BouncyCastleProvider();
            for (String algorithm : ALGORITHMS) {
                putService(new Lent(this, algorithm, whole.getService("Signature", algorithm)));
            }
        }
    }

    /** A service of another provider's under this one's name. */
    private static final class Lent extends Provider.Service {
        private final Provider.Service service;

        Lent(Provider provider, String algorithm, Provider.Service service) {
            super(provider, service.getType(), algorithm, service.getClassName(), null, null);
            this.service = service;
        }

        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            return service.newInstance(parameter);
        }

        /** Not chosen for any key by those who leave the choice to the JDK. */
        @Override
        public boolean supportsParameter(Object parameter) {
            return false;
        }
    }
}
