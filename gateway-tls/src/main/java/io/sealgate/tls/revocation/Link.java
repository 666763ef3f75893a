package io.sealgate.tls.revocation;

import io.sealgate.core.model.DistinguishedName;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.revocation.Revocation.Refusal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * One certificate of a path and the lists of its issuer.
 *
 * @param lists             all that the issuer has signed, fresh or not, for this certificate or not
 * @param issuerWithoutList the issuer, if it has had a list and has none now
 */
record Link(
        X509Certificate certificate,
        List<Crl> lists,
        @Nullable AuthorityId issuerWithoutList) {

    /**
     * The refusal of what is on a list. On any: that a list is stale or meant for others does not make its entries
     * untrue, for all of them are certificates of the one issuer.
     */
    Optional<Refusal> revoked() {
        return lists.stream()
                .flatMap(list -> list.revoked().reason(certificate.getSerialNumber()).stream())
                .findFirst()
                .map(reason -> new Refusal(HandshakeRefusal.REVOKED, name() + ": revoked, " + reason));
    }

    /** The lists that would name this certificate if it were revoked. */
    Stream<Crl> covering() {
        return lists.stream().filter(list -> list.scope().covers(certificate));
    }

    /** True if there are such lists, all of them stale, or there have been some. */
    boolean isStale(Instant now) {
        return issuerWithoutList != null
                || (covering().findAny().isPresent() && covering().allMatch(list -> list.isStale(now)));
    }

    /**
     * The CA of these lists as the trust bundle has it: it is a metric's tag, and must not follow how clients'
     * certificates spell it. Only for what {@link #isStale}.
     */
    String authority() {
        return (issuerWithoutList != null ? issuerWithoutList : lists.get(0).issuer()).printable();
    }

    /** RFC 2253, with the serial number. */
    String name() {
        return printable(certificate.getSubjectX500Principal()) + ", serial "
                + certificate.getSerialNumber().toString(16);
    }

    String issuer() {
        return printable(certificate.getIssuerX500Principal());
    }

    private static String printable(X500Principal name) {
        return DistinguishedName.of(name).toString();
    }
}
