package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a listener presents, as loaded from its files. Immutable.
 *
 * @param all in their configured order, at least one: the first is for clients that ask for none of them
 */
record ServerCertificates(List<ServerCertificate> all) {

    ServerCertificates {
        all = List.copyOf(all);
    }

    /** The certificates, or nothing and at least one problem. */
    static Optional<ServerCertificates> load(List<CertificateConfig> configs, Problems problems, String path) {
        if (configs.isEmpty()) {
            problems.add(path, "certificates: none (expected: at least one)");
            return Optional.empty();
        }
        List<ServerCertificate> loaded = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            String itemPath = path + "[" + i + "]";
            KeyMaterialLoader.load(configs.get(i), problems, itemPath)
                    .flatMap(material -> ServerCertificate.of(material, problems, itemPath))
                    .ifPresent(loaded::add);
        }
        if (loaded.size() < configs.size() || !areReachable(loaded, problems, path)) {
            return Optional.empty();
        }
        return Optional.of(new ServerCertificates(loaded));
    }

    /** Each with its issuers. */
    Stream<X509Certificate> chains() {
        return all.stream().flatMap(certificate -> certificate.material().chain().stream());
    }

    /** Of each whether its chain is valid. */
    List<Boolean> validity(Instant now) {
        return all.stream().map(certificate -> certificate.isValid(now)).toList();
    }

    private static boolean areReachable(List<ServerCertificate> certificates, Problems problems, String path) {
        List<NameTable.Entry<Integer>> entries = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            entries.add(certificates.get(i).entry(i, true));
        }
        Set<Integer> reachable = NameTable.of(entries).reachable();
        for (int i = 0; i < certificates.size(); i++) {
            if (!reachable.contains(i)) {
                problems.add(
                        path + "[" + i + "]",
                        "certificate: " + certificates.get(i).subject()
                                + " without a DNS name (expected: one, only the first certificate can do without)");
            }
        }
        return reachable.size() == certificates.size();
    }

    /** Whether each of them can be presented in every version that is spoken; if not, says so. */
    boolean areServed(TlsProfile profile, Problems problems, String path) {
        boolean good = true;
        for (int i = 0; i < all.size(); i++) {
            ServerCertificate certificate = all.get(i);
            if (!profile.serves(certificate.isEcdsa())) {
                String kind = certificate.isEcdsa() ? "ECDSA" : "RSA";
                problems.add(
                        path + "[" + i + "]",
                        "certificate: " + certificate.subject() + " with a key for " + kind + " (expected: one for "
                                + profile.cipherSuites() + ", or min-version TLSv1.3)");
                good = false;
            }
        }
        return good;
    }
}
