package io.sealgate.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has the JDK look for a path whose keys and signatures are strong. The trust anchor, which it does not ask about, is
 * the operator's choice. Keeps nothing, so that its copies may be used by any thread.
 */
final class StrengthChecker extends PKIXCertPathChecker {

    @Override
    public void init(boolean forward) {}

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public @Nullable Set<String> getSupportedExtensions() {
        return null;
    }

    @Override
    public void check(Certificate certificate, @Nullable Collection<String> unresolved)
            throws CertPathValidatorException {
        X509Certificate x509 = (X509Certificate) certificate;
        Optional<String> weakness =
                AlgorithmStrength.LEAST.weaknessOfKey(x509).or(() -> AlgorithmStrength.weaknessOfSignature(x509));
        if (weakness.isPresent()) {
            throw new CertPathValidatorException(Certificates.subject(x509) + ": " + weakness.get());
        }
    }
}
