package io.sealgate.tls.revocation;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;

/**
 * Which of its issuer's certificates a list speaks of (RFC 5280 §5.2.5): that a serial is not on it says something
 * about these only. Immutable.
 *
 * @param kind   all certificates, or those of one kind
 * @param points the names of the distribution point that the list is for; empty if it is for all
 */
record CrlScope(Kind kind, Set<GeneralName> points) {

    static final CrlScope ALL = new CrlScope(Kind.ALL, Set.of());

    CrlScope {
        points = Set.copyOf(points);
    }

    /** Kinds of certificates. */
    enum Kind {
        ALL,
        USERS,
        AUTHORITIES
    }

    /** The scope that an issuing distribution point leaves. Those that would need more than this list are refused. */
    static CrlScope of(IssuingDistributionPoint point) throws CrlException {
        if (point.isIndirectCRL()) {
            throw new CrlException("issuing distribution point: an indirect CRL (expected: a CA's own CRL)");
        }
        if (point.getOnlySomeReasons() != null) {
            throw new CrlException("issuing distribution point: only some reasons (expected: a CRL for all reasons)");
        }
        if (point.onlyContainsAttributeCerts()) {
            throw new CrlException("issuing distribution point: only attribute certificates (expected: certificates)");
        }
        if (point.onlyContainsUserCerts() && point.onlyContainsCACerts()) {
            throw new CrlException(
                    "issuing distribution point: neither CAs nor others (expected: at most one of both)");
        }
        Kind kind =
                point.onlyContainsUserCerts() ? Kind.USERS : point.onlyContainsCACerts() ? Kind.AUTHORITIES : Kind.ALL;
        DistributionPointName name = point.getDistributionPoint();
        return new CrlScope(kind, name == null ? Set.of() : names(name));
    }

    private static Set<GeneralName> names(DistributionPointName name) throws CrlException {
        if (name.getType() != DistributionPointName.FULL_NAME) {
            throw new CrlException(
                    "issuing distribution point: a name relative to the issuer's (expected: a full name or none)");
        }
        return Set.copyOf(List.of(GeneralNames.getInstance(name.getName()).getNames()));
    }

    /** True if every certificate that {@code other} covers is covered by this one. */
    boolean includes(CrlScope other) {
        boolean hasKind = kind == Kind.ALL || kind == other.kind;
        return hasKind && (points.isEmpty() || (!other.points.isEmpty() && points.containsAll(other.points)));
    }

    /**
     * True if {@code certificate}, which the list's issuer has issued, is good as far as the list goes when it is not
     * on it.
     */
    boolean covers(X509Certificate certificate) {
        boolean isAuthority = certificate.getBasicConstraints() >= 0;
        boolean isOfKind =
                switch (kind) {
                    case ALL -> true;
                    case USERS -> !isAuthority;
                    case AUTHORITIES -> isAuthority;
                };
        return isOfKind && (points.isEmpty() || isAtPoint(certificate));
    }

    /** RFC 5280 §6.3.3 (b) (2) (i): one name in common. */
    private boolean isAtPoint(X509Certificate certificate) {
        try {
            return DistributionPointNames.of(certificate).stream().anyMatch(points::contains);
        } catch (RuntimeException | IOException e) {
            return false; // unreadable points name no list
        }
    }
}
