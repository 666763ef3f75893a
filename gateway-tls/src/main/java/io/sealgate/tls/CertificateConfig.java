package io.sealgate.tls;

import static java.util.Objects.requireNonNull;

import io.sealgate.core.config.Problems;
import io.sealgate.core.model.Secret;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a certificate and its private key lie: two PEM files, or one key store.
 *
 * @param chain    PEM: the certificate, then its issuers in order
 * @param key      PEM: the private key (PKCS#8, PKCS#1 or SEC1), possibly encrypted
 * @param store    PKCS#12, JKS or BKS with exactly one key entry; the kind is told from the content
 * @param password of the encrypted key, or of the store and its entry
 */
public record CertificateConfig(
        @Nullable Path chain,
        @Nullable Path key,
        @Nullable Path store,
        @Nullable Secret password) {

    /** Two PEM files, the key not encrypted. */
    public static CertificateConfig ofPem(Path chain, Path key) {
        return new CertificateConfig(chain, key, null, null);
    }

    /** A key store. */
    public static CertificateConfig ofStore(Path store, Secret password) {
        return new CertificateConfig(null, null, store, password);
    }

    /** The file with the certificate, after it was read. */
    Path file() {
        return requireNonNull(chain != null ? chain : store, "certificate: neither chain nor store");
    }

    Stream<Path> files() {
        return Stream.of(chain, key, store).filter(Objects::nonNull);
    }

    /** Reports everything that keeps the certificate from being used. */
    public void check(Problems problems, String path) {
        KeyMaterialLoader.load(this, problems, path);
    }
}
