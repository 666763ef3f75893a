package io.sealgate.tls;

import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A certificate of a listener and the names that it is presented for.
 *
 * @param names its DNS names in canonical form, {@code *.} in front of one possible; none if it is for addresses only
 */
record ServerCertificate(KeyMaterial material, List<String> names) {

    ServerCertificate {
        names = List.copyOf(names);
    }

    /**
     * The names are those of the certificate, for clients believe no others; nothing and a problem if they cannot be
     * read.
     */
    static Optional<ServerCertificate> of(KeyMaterial material, Problems problems, String path) {
        List<String> names = new ArrayList<>();
        try {
            for (SubjectAltName name : AlternativeNames.of(material.certificate())) {
                if (name.type() == SubjectAltName.Type.DNS) {
                    ServerName.presented(name.value()).ifPresent(names::add);
                }
            }
            return Optional.of(new ServerCertificate(material, names));
        } catch (RefusedCertificateException e) {
            problems.add(path, "certificate: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Whether it may replace {@code before}: as {@link KeyMaterial#isNoWorse}, and one without a DNS name does not replace
     * one with names that is valid at {@code now}, for those who ask for them would find nothing. That is reported.
     */
    boolean isNoWorse(Optional<ServerCertificate> before, Instant now, Problems problems, String path) {
        if (!material.isNoWorse(before.map(ServerCertificate::material), now, problems, path)) {
            return false;
        }
        boolean losesNames = names.isEmpty()
                && before.filter(other -> !other.names.isEmpty() && other.dates(now) != NameTable.Dates.NOT_VALID)
                        .isPresent();
        if (losesNames) {
            problems.add(
                    path,
                    "certificate: " + subject() + " without a DNS name (expected: one, as the certificate before has,"
                            + " which stays until it ends)");
        }
        return !losesNames;
    }

    String subject() {
        return Certificates.subject(material.certificate());
    }

    boolean isEcdsa() {
        return material.key().getAlgorithm().equals("EC");
    }

    /** Whether it and its issuers are valid. */
    NameTable.Dates dates(Instant now) {
        if (!Certificates.isValid(material.certificate(), now)) {
            return NameTable.Dates.NOT_VALID;
        }
        return material.chain().stream().allMatch(certificate -> Certificates.isValid(certificate, now))
                ? NameTable.Dates.VALID
                : NameTable.Dates.ISSUER_NOT_VALID;
    }

    <T> NameTable.Entry<T> entry(T value, NameTable.Dates dates) {
        return new NameTable.Entry<>(names, HandshakeKeys.name(material.key()), dates, value);
    }
}
