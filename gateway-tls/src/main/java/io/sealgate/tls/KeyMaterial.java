package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A private key with the certificate that goes with it. Immutable; never prints the key.
 *
 * @param key   RSA or EC, of the JDK's own providers
 * @param chain the certificate itself, then its issuers; never empty
 */
record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {

    KeyMaterial {
        chain = List.copyOf(chain);
    }

    /** The certificate itself. */
    X509Certificate certificate() {
        return chain.get(0);
    }

    /** True if the key is the one that the certificate speaks of, proven by a signature. */
    boolean isPair() {
        PublicKey publicKey = certificate().getPublicKey();
        // By the key, not the certificate: "EC" and "RSA" are the only ones that BoringSSL's key store bridge takes.
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        byte[] message = {'s', 'e', 'a', 'l'};
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(message);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Whether it may replace {@code before}. Only a certificate that is not valid at {@code now} may not, while the one
     * before is; that is reported. Its issuers do not matter here, because clients may know others.
     */
    boolean isNoWorse(Optional<KeyMaterial> before, Instant now, Problems problems, String path) {
        boolean isNoWorse = before.isEmpty()
                || Certificates.isValid(certificate(), now)
                || !Certificates.isValid(before.get().certificate(), now);
        if (!isNoWorse) {
            problems.add(
                    path,
                    Validity.of(certificate(), now).describe(certificate())
                            + " (expected: valid now, as the one before is, which stays until it ends)");
        }
        return isNoWorse;
    }

    /**
     * The certificate and its issuers.
     *
     * @param effect what becomes of peers while the certificate itself is not valid
     */
    Stream<CertificateInUse> inUse(Path file, CertificateInUse.Use use, Supplier<String> effect) {
        return Stream.concat(
                Stream.of(new CertificateInUse(certificate(), file, use, effect)),
                chain.stream()
                        .skip(1)
                        .map(issuer -> new CertificateInUse(issuer, file, CertificateInUse.Use.AUTHORITY)));
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    @Override
    public String toString() {
        return "KeyMaterial[" + Certificates.subject(certificate()) + "]";
    }
}
