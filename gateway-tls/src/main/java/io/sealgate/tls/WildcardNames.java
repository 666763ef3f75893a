package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;

import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Wildcard names in a client's certificate against name constraints: RFC 5280 compares {@code *.example.com} as it stands, but it
 * can be taken for {@code a.example.com}, and where that is excluded nobody should be able to say so.
 */
final class WildcardNames {

    private static final String WILDCARD = "*.";

    private WildcardNames() {}

    /** Refuses {@code path} if its leaf bears a wildcard that could stand for an excluded name. */
    static void check(List<X509Certificate> path) throws RefusedCertificateException {
        List<String> parents = AlternativeNames.of(path.get(0)).stream()
                .filter(name ->
                        name.type() == SubjectAltName.Type.DNS && name.value().startsWith(WILDCARD))
                .map(name -> name.value().substring(1).toLowerCase(Locale.ROOT))
                .toList();
        if (parents.isEmpty()) {
            return;
        }
        Set<String> excluded = path.stream()
                .flatMap(NameConstraintForm::excludedDnsNames)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (String parent : parents) {
            if (excluded.stream().anyMatch(name -> isOneLabelBelow(name, parent))) {
                throw new RefusedCertificateException(
                        INVALID_CERTIFICATE,
                        Certificates.subject(path.get(0)) + ": DNS name *" + parent
                                + " (expected: no wildcard that could stand for an excluded name)");
            }
        }
    }

    /** @param parent with a leading dot */
    private static boolean isOneLabelBelow(String name, String parent) {
        int label = name.length() - parent.length();
        return label > 0 && name.endsWith(parent) && name.indexOf('.') == label;
    }
}
