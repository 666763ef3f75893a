package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The CAs whose client certificates are accepted. Immutable.
 *
 * @param anchors       self-signed CA certificates: trust begins here
 * @param intermediates other CA certificates, trusted only if they lead to an anchor
 */
record TrustBundle(List<X509Certificate> anchors, List<X509Certificate> intermediates) {

    TrustBundle {
        anchors = List.copyOf(anchors);
        intermediates = List.copyOf(intermediates);
    }

    /** Trust in nobody. */
    static TrustBundle empty() {
        return new TrustBundle(List.of(), List.of());
    }

    /** Sorts certificates into anchors and the rest. */
    static TrustBundle of(List<X509Certificate> certificates) {
        List<X509Certificate> anchors = new ArrayList<>();
        List<X509Certificate> intermediates = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            (Certificates.isSelfSigned(certificate) ? anchors : intermediates).add(certificate);
        }
        return new TrustBundle(anchors, intermediates);
    }

    /** The bundle of these files, or nothing and at least one problem. */
    static Optional<TrustBundle> load(List<Path> files, AlgorithmStrength strength, Problems problems, String path) {
        if (files.isEmpty()) {
            problems.add(path, "bundle: empty (expected: at least one PEM file with CA certificates)");
            return Optional.empty();
        }
        List<X509Certificate> certificates = new ArrayList<>();
        boolean good = true;
        for (int i = 0; i < files.size(); i++) {
            try {
                List<X509Certificate> read = PemCertificates.read(files.get(i));
                good &= areAuthorities(read, strength, problems, path + "[" + i + "]");
                certificates.addAll(read);
            } catch (TlsMaterialException e) {
                problems.add(path + "[" + i + "]", e.problem());
                good = false;
            }
        }
        return good ? usable(of(certificates), problems, path) : Optional.empty();
    }

    /** Whether these may be in a bundle; reports those that may not. */
    static boolean areAuthorities(
            List<X509Certificate> certificates, AlgorithmStrength strength, Problems problems, String path) {
        AuthorityRules rules = new AuthorityRules(strength);
        boolean good = true;
        for (X509Certificate certificate : certificates) {
            Optional<String> flaw = rules.flaw(certificate);
            if (flaw.isPresent()) {
                problems.add(path, "certificate: " + Certificates.subject(certificate) + ": " + flaw.get());
                good = false;
            }
        }
        return good;
    }

    private static Optional<TrustBundle> usable(TrustBundle bundle, Problems problems, String path) {
        // CAs that have ended keep out their own clients, and those only.
        if (bundle.anchors.isEmpty()) {
            problems.add(path, "bundle: 0 self-signed CA certificates (expected: at least one)");
            return Optional.empty();
        }
        return Optional.of(bundle);
    }

    /** Anchors and intermediates: a client that holds nothing but its own certificate finds its issuer's name among them. */
    Stream<X509Certificate> all() {
        return Stream.concat(anchors.stream(), intermediates.stream());
    }
}
