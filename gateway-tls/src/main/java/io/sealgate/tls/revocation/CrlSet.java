package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.CrlStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All lists that a listener goes by. Immutable: a change makes a new one, which takes the place of the old as a whole.
 */
public final class CrlSet {

    private final Map<AuthorityId, List<Crl>> byIssuer = new HashMap<>();
    private final List<CrlStatus> statuses;
    private final Set<AuthorityId> issuersWithoutList;
    private final Predicate<AuthorityId> known;
    private final List<String> lost;

    private CrlSet(
            List<LoadedCrl> loaded,
            Predicate<LoadedCrl> isTrusted,
            Set<AuthorityId> issuersWithoutList,
            Predicate<AuthorityId> known,
            List<String> lost) {
        this.issuersWithoutList = Set.copyOf(issuersWithoutList);
        this.known = known;
        this.lost = List.copyOf(lost);
        for (LoadedCrl one : loaded) {
            byIssuer.computeIfAbsent(one.crl().issuer(), issuer -> new ArrayList<>())
                    .add(one.crl());
        }
        // Names in certificates are no tags for metrics.
        statuses = loaded.stream()
                .filter(LoadedCrl::isConfigured)
                .filter(isTrusted)
                .map(LoadedCrl::status)
                .toList();
    }

    /** No lists. */
    public static CrlSet none() {
        return of(List.of());
    }

    /** The set of these, of which there may be one for each issuer and scope, or several that are equally new. */
    static CrlSet of(List<LoadedCrl> loaded) {
        return of(loaded, list -> true, Set.of(), issuer -> false, List.of());
    }

    /**
     * The same, with what is missing.
     *
     * @param isTrusted whether a list is one of a CA of the trust bundle; the others are for certificates of CAs that
     *     have left it, which clients may still send
     * @param issuersWithoutList    CAs of the trust bundle that have had a list, and have none now
     * @param known     whether any CA has had a list; thread-safe
     * @param lost      names of CAs with a list, in force or not, that no file and no URL has any more
     */
    static CrlSet of(
            List<LoadedCrl> loaded,
            Predicate<LoadedCrl> isTrusted,
            Set<AuthorityId> issuersWithoutList,
            Predicate<AuthorityId> known,
            List<String> lost) {
        return new CrlSet(loaded, isTrusted, issuersWithoutList, known, lost);
    }

    /**
     * The newest of each issuer and scope; the others are named in {@code warnings}. Lists that are equally new and
     * differ are all kept: it is not known which one counts, so what any of them revokes is revoked.
     */
    static List<LoadedCrl> newest(List<LoadedCrl> all, Problems warnings) {
        List<LoadedCrl> newest = new ArrayList<>();
        for (LoadedCrl crl : all) {
            List<LoadedCrl> rivals = newest.stream().filter(crl::hasScopeOf).toList();
            Optional<LoadedCrl> winner = rivals.stream()
                    .filter(rival -> rival.crl().isNewerThan(crl.crl()) || rival.isSameAs(crl))
                    .findFirst();
            if (winner.isPresent()) {
                warn(crl, winner.get(), warnings);
                continue;
            }
            List<LoadedCrl> losers = rivals.stream()
                    .filter(rival -> crl.crl().isNewerThan(rival.crl()))
                    .toList();
            losers.forEach(loser -> warn(loser, crl, warnings));
            newest.add(losers.isEmpty() ? newest.size() : newest.indexOf(losers.get(0)), crl);
            newest.removeAll(losers);
            if (losers.size() < rivals.size()) {
                warnings.add(crl.where(), crl.printable() + ": another one that is as new says otherwise (both count)");
            }
        }
        return newest;
    }

    private static void warn(LoadedCrl loser, LoadedCrl winner, Problems warnings) {
        warnings.add(loser.where(), loser.printable() + ": not used (" + winner.where() + " has a newer one)");
    }

    /** Whose lists there are. */
    Set<AuthorityId> issuers() {
        return byIssuer.keySet();
    }

    /** The lists that {@code issuer} has signed. */
    List<Crl> of(AuthorityId issuer) {
        return byIssuer.getOrDefault(issuer, List.of());
    }

    /**
     * {@code issuer} if it has had a list and has none now, spelled as in the trust bundle if it is there; else null.
     */
    @Nullable
    AuthorityId issuerWithoutList(AuthorityId issuer) {
        if (byIssuer.containsKey(issuer)) {
            return null;
        }
        AuthorityId trusted =
                issuersWithoutList.stream().filter(issuer::equals).findFirst().orElse(null);
        return trusted == null && known.test(issuer) ? issuer : trusted;
    }

    /** The CAs with a list that no file and no URL has any more, RFC 2253; a closed set, those of the trust bundle. */
    public List<String> lost() {
        return lost;
    }

    /** What there is to say of each list that the configuration names, of the CAs that are trusted. */
    public List<CrlStatus> statuses() {
        return statuses;
    }
}
