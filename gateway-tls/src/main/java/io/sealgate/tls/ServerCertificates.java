package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a listener presents, as loaded from its files. Immutable.
 *
 * @param all in their configured order, at least one: the first is for clients that ask for none of them
 */
record ServerCertificates(List<ServerCertificate> all) {

    /** In a message. */
    private static final int MOST_NAMES = 5;

    ServerCertificates {
        all = List.copyOf(all);
    }

    /**
     * The certificates, or nothing and at least one problem.
     *
     * @param last what was loaded before, null the first time: a bad pair is reported, and the last good one stays
     * @param now  a certificate that is not valid now, or has no DNS name, does not replace one that is, or has one
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
                    .filter(next -> next.isNoWorse(before, now, problems, where))
                    .or(() -> before)
                    .ifPresent(loaded::add);
        }
        if (loaded.size() < configs.size()) {
            return Optional.empty();
        }
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

    /**
     * All certificates, each with its issuers.
     *
     * @param configs where they are from, in the same order
     */
    Stream<CertificateInUse> inUse(List<CertificateConfig> configs, Instant now) {
        return IntStream.range(0, all.size()).boxed().flatMap(i -> all.get(i)
                .material()
                .inUse(configs.get(i).file(), CertificateInUse.Use.SERVER, () -> presented(i, now)));
    }

    /** For whom a certificate is the first choice at {@code now}, for the operator. */
    private String presented(int index, Instant now) {
        List<NameTable.Entry<Integer>> entries = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            entries.add(all.get(i).entry(i, all.get(i).dates(now)));
        }
        NameTable<Integer> table = NameTable.of(entries);
        List<String> asked = new ArrayList<>(all.get(index).names().stream()
                .distinct()
                .filter(name -> table.findPresented(name).get(0) == index)
                .toList());
        if (table.find(null).get(0) == index) {
            asked.add("no name, or an unknown one");
        }
        int more = asked.size() - MOST_NAMES;
        if (asked.isEmpty()) {
            return "presented only to clients that can use no other, valid ones are presented for its names";
        }
        return "still presented to clients that ask for "
                + String.join(", ", asked.subList(0, Math.min(asked.size(), MOST_NAMES)))
                + (more > 0 ? " and " + more + " more names" : "") + ", there is no valid one for them";
    }

    /** For each certificate whether its chain is valid. */
    List<NameTable.Dates> validity(Instant now) {
        return all.stream().map(certificate -> certificate.dates(now)).toList();
    }

    /** Warns of those that are for no name, unless they are the default. */
    void warnOfNameless(Problems warnings, String path) {
        boolean isDefault = all.get(0).names().isEmpty();
        for (int i = 0; i < all.size() && !isDefault; i++) {
            if (all.get(i).names().isEmpty()) {
                warnings.add(
                        path + "[" + i + "]",
                        "certificate: " + all.get(i).subject()
                                + " without a DNS name (expected: one, it is presented only to clients that can use"
                                + " none of those with a name)");
            }
        }
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
