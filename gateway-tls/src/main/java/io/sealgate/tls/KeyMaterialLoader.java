package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link CertificateConfig} into {@link KeyMaterial}. Checking a configuration and starting from it go
 * through here alike, so that {@code check} cannot pass what a start would refuse.
 */
final class KeyMaterialLoader {

    private static final Set<String> ALGORITHMS = Set.of("RSA", "EC");

    private final CertificateConfig config;
    private final Problems problems;
    private final String path;

    private KeyMaterialLoader(CertificateConfig config, Problems problems, String path) {
        this.config = config;
        this.problems = problems;
        this.path = path;
    }

    /** The key material, or nothing and at least one problem. */
    static Optional<KeyMaterial> load(CertificateConfig config, Problems problems, String path) {
        KeyMaterialLoader loader = new KeyMaterialLoader(config, problems, path);
        return config.store() == null ? loader.fromPem() : loader.fromStore(config.store());
    }

    private Optional<KeyMaterial> fromStore(Path store) {
        if (config.chain() != null || config.key() != null) {
            problems.add(path + ".store", "store: " + store + " (expected: either a store, or chain and key)");
            return Optional.empty();
        }
        try {
            return sound(StoreFile.read(store, config.password()), path + ".store", path + ".store");
        } catch (TlsMaterialException e) {
            problems.add(path + ".store", e.problem());
            return Optional.empty();
        }
    }

    private Optional<KeyMaterial> fromPem() {
        List<X509Certificate> chain = chain(config.chain());
        PrivateKey key = key(config.key());
        if (chain == null || key == null) {
            return Optional.empty();
        }
        return sound(new KeyMaterial(key, chain), path + ".chain", path + ".key");
    }

    private @Nullable List<X509Certificate> chain(@Nullable Path file) {
        if (file == null) {
            problems.add(path + ".chain", "chain: none (expected: a PEM file, or a store instead)");
            return null;
        }
        try {
            return PemCertificates.read(file);
        } catch (TlsMaterialException e) {
            problems.add(path + ".chain", e.problem());
            return null;
        }
    }

    private @Nullable PrivateKey key(@Nullable Path file) {
        if (file == null) {
            problems.add(path + ".key", "key: none (expected: a PEM file, or a store instead)");
            return null;
        }
        try {
            return PemPrivateKey.read(file, config.password());
        } catch (TlsMaterialException e) {
            problems.add(path + ".key", e.problem());
            return null;
        }
    }

    /**
     * Dates do not matter here: one certificate that has ended must not keep the others from being renewed, nor the
     * gateway from starting. It is presented, and warned of.
     */
    private Optional<KeyMaterial> sound(KeyMaterial material, String chainPath, String keyPath) {
        boolean key = checkKey(material, keyPath) && checkStrength(material, chainPath);
        boolean order = checkOrder(material, chainPath);
        return key && order && checkForm(material, chainPath) ? Optional.of(material) : Optional.empty();
    }

    /** BoringSSL has the last word, and is to have it before others depend on it. */
    private boolean checkForm(KeyMaterial material, String where) {
        try {
            NativeCredential.of(material).free();
            return true;
        } catch (TlsMaterialException e) {
            problems.add(where, e.problem());
            return false;
        }
    }

    private boolean checkKey(KeyMaterial material, String where) {
        if (!ALGORITHMS.contains(material.key().getAlgorithm())) {
            problems.add(where, "key: " + HandshakeKeys.name(material.key()) + " (expected: RSA or EC)");
            return false;
        }
        if (!material.isPair()) {
            problems.add(
                    where,
                    "key: of another certificate than " + Certificates.subject(material.certificate())
                            + " (expected: the private key of this certificate)");
            return false;
        }
        return true;
    }

    /** Peers refuse it, but with less to say. */
    private boolean checkStrength(KeyMaterial material, String where) {
        Optional<String> weakness = AlgorithmStrength.LEAST.weaknessOfKey(material.certificate());
        weakness.ifPresent(text ->
                problems.add(where, "certificate: " + Certificates.subject(material.certificate()) + ": " + text));
        return weakness.isEmpty();
    }

    private boolean checkOrder(KeyMaterial material, String where) {
        List<X509Certificate> chain = material.chain();
        for (int i = 1; i < chain.size(); i++) {
            if (!Certificates.issued(chain.get(i), chain.get(i - 1))) {
                problems.add(
                        where,
                        "certificate " + (i + 1) + " of the chain: " + Certificates.subject(chain.get(i))
                                + " (expected: the issuer of " + Certificates.subject(chain.get(i - 1)) + ")");
                return false;
            }
        }
        return true;
    }
}
