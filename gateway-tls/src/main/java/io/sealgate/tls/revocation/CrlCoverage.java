package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.revocation.CrlConfig.Check;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the CAs that are trusted with the lists that there are, so that a missing list is known before a client is
 * refused for it.
 */
record CrlCoverage(CrlIssuers issuers, CrlSet crls, KnownIssuers known, Instant now) {

    /** Reports what {@code check} cannot do without, and what it leaves open. */
    void check(Check check, Problems problems, Problems warnings, String path) {
        Map<AuthorityId, X509Certificate> valid = new LinkedHashMap<>();
        issuers.authorities().stream()
                .filter(this::isValid)
                .forEach(authority -> valid.putIfAbsent(AuthorityId.of(authority), authority));
        switch (check) {
            case CHAIN -> {
                valid.keySet().forEach(authority -> requireList(authority, problems, path));
                valid.values().forEach(authority -> requireCover(authority, valid, problems, path));
            }
            case LEAF -> valid.forEach((id, authority) -> warnOfIssuer(id, authority, valid.values(), warnings, path));
            case CHAIN_IF_AVAILABLE ->
                valid.keySet().forEach(id -> {
                    warnOfTwin(id, valid.keySet(), warnings, path);
                    warnOfLoss(id, warnings, path);
                });
        }
    }

    /** The CAs without any list. */
    List<String> lacking() {
        return issuers.authorities().stream()
                .filter(this::isValid)
                .map(AuthorityId::of)
                .distinct()
                .filter(authority -> crls.of(authority).isEmpty())
                .map(AuthorityId::printable)
                .toList();
    }

    /** The clients of an expired CA are refused for that already. */
    private boolean isValid(X509Certificate authority) {
        return !now.isAfter(authority.getNotAfter().toInstant());
    }

    private void requireList(AuthorityId authority, Problems problems, String path) {
        if (crls.of(authority).isEmpty()) {
            problems.add(
                    path,
                    "CRL of " + authority.printable()
                            + ": none (expected: one of every CA of the trust bundle,"
                            + " or check: leaf or chain-if-available)");
        }
    }

    /** A CA below another of the bundle is itself a certificate of the path. */
    private void requireCover(
            X509Certificate authority, Map<AuthorityId, X509Certificate> valid, Problems problems, String path) {
        valid.forEach((id, issuer) -> {
            List<Crl> lists = crls.of(id);
            if (!lists.isEmpty()
                    && !AuthorityId.of(authority).equals(id)
                    && isIssuedBy(authority, issuer)
                    && lists.stream().noneMatch(list -> list.scope().covers(authority))) {
                problems.add(
                        path,
                        "CRL of " + id.printable() + ": none that covers "
                                + AuthorityId.of(authority).printable()
                                + " (expected: one whose issuing distribution point does not leave it out)");
            }
        });
    }

    /**
     * With {@code leaf} only those need a list that issue clients' certificates: not, as a rule, those that issue CAs.
     */
    private void warnOfIssuer(
            AuthorityId id,
            X509Certificate authority,
            Iterable<X509Certificate> valid,
            Problems warnings,
            String path) {
        if (!crls.of(id).isEmpty()) {
            return;
        }
        for (X509Certificate other : valid) {
            if (!AuthorityId.of(other).equals(id) && isIssuedBy(other, authority)) {
                return;
            }
        }
        warnings.add(path, "CRL of " + id.printable() + ": none (clients with a certificate of this CA are refused)");
    }

    /** After a change of key the old key's clients need a list as much as the new one's. */
    private void warnOfTwin(AuthorityId id, Iterable<AuthorityId> valid, Problems warnings, String path) {
        for (AuthorityId other : valid) {
            if (crls.of(id).isEmpty()
                    && !known.include(id)
                    && other.name().equals(id.name())
                    && !crls.of(other).isEmpty()) {
                warnings.add(
                        path,
                        "CRL of " + id.printable()
                                + ": none for one of its keys (what that key has signed is taken for not revoked)");
                return;
            }
        }
    }

    /** Everybody else without a list is taken for not revoked. */
    private void warnOfLoss(AuthorityId id, Problems warnings, String path) {
        if (crls.of(id).isEmpty() && known.include(id)) {
            warnings.add(
                    path,
                    "CRL of " + id.printable() + ": none, though there was one (expected: the list; until then its"
                            + " clients are judged as by one that is stale)");
        }
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
