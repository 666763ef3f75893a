package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a listener presents, as loaded from its files. Immutable.
 *
 * @param all in their configured order, at least one: the first is for clients that ask for none of them
 */
record ServerCertificates(List<ServerCertificate> all) {

    ServerCertificates {
        all = List.copyOf(all);
    }

    /**
     * The certificates, or nothing and at least one problem.
     *
     * @param last what was loaded before, null the first time: a bad pair is reported, and the last good one stays
     * @param now  a certificate that is not valid now does not replace one that is
     */
    static Optional<ServerCertificates> load(
            List<CertificateConfig> configs,
            TlsProfile profile,
            @Nullable ServerCertificates last,
            Instant now,
            Problems problems,
            String path) {
        if (configs.isEmpty()) {
            problems.add(path, "certificates: none (expected: at least one)");
            return Optional.empty();
        }
        List<ServerCertificate> loaded = new ArrayList<>();
        for (int i = 0; i < configs.size(); i++) {
            Optional<ServerCertificate> before = Optional.ofNullable(last).map(atIndex(i));
            String where = path + "[" + i + "]";
            one(configs.get(i), profile, problems, where)
                    .filter(next ->
                            next.material().isNoWorse(before.map(ServerCertificate::material), now, problems, where))
                    .or(() -> before)
                    .ifPresent(loaded::add);
        }
        if (loaded.size() < configs.size()) {
            return Optional.empty();
        }
        List<Integer> unreachable = unreachable(loaded, problems, path);
        if (last == null) {
            return unreachable.isEmpty() ? Optional.of(new ServerCertificates(loaded)) : Optional.empty();
        }
        unreachable.forEach(i -> loaded.set(i, last.all().get(i)));
        return Optional.of(new ServerCertificates(loaded));
    }

    private static Function<ServerCertificates, ServerCertificate> atIndex(int index) {
        return certificates -> certificates.all().get(index);
    }

    private static Optional<ServerCertificate> one(
            CertificateConfig config, TlsProfile profile, Problems problems, String path) {
        return KeyMaterialLoader.load(config, problems, path)
                .flatMap(material -> ServerCertificate.of(material, problems, path))
                .filter(certificate -> isServed(certificate, profile, problems, path));
    }

    /** All certificates, each with its issuers. */
    Stream<X509Certificate> chains() {
        return all.stream().flatMap(certificate -> certificate.material().chain().stream());
    }

    /** For each certificate whether its chain is valid. */
    List<NameTable.Dates> validity(Instant now) {
        return all.stream().map(certificate -> certificate.dates(now)).toList();
    }

    /** Indices of the certificates that no client would be offered; reports them. */
    private static List<Integer> unreachable(List<ServerCertificate> certificates, Problems problems, String path) {
        List<NameTable.Entry<Integer>> entries = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            entries.add(certificates.get(i).entry(i, NameTable.Dates.VALID));
        }
        Set<Integer> reachable = NameTable.of(entries).reachable();
        List<Integer> unreachable = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            if (!reachable.contains(i)) {
                problems.add(
                        path + "[" + i + "]",
                        "certificate: " + certificates.get(i).subject()
                                + " without a DNS name (expected: one, only the first certificate can do without)");
                unreachable.add(i);
            }
        }
        return unreachable;
    }

    /** Whether it can be presented in every version that is spoken; if not, says so. */
    private static boolean isServed(ServerCertificate certificate, TlsProfile profile, Problems problems, String path) {
        if (profile.serves(certificate.isEcdsa())) {
            return true;
        }
        String kind = certificate.isEcdsa() ? "ECDSA" : "RSA";
        problems.add(
                path,
                "certificate: " + certificate.subject() + " with a key for " + kind + " (expected: one for "
                        + profile.cipherSuites() + ", or min-version TLSv1.3)");
        return false;
    }
}
