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

/** All lists that a listener goes by. Immutable: a change makes a new one, which takes the place of the old as a whole. */
public final class CrlSet {

    private final Map<AuthorityId, List<Crl>> byIssuer = new HashMap<>();
    private final List<CrlStatus> statuses;
    private final Set<AuthorityId> bereft;
    private final Predicate<AuthorityId> known;
    private final List<String> lost;

    private CrlSet(
            List<LoadedCrl> loaded,
            Predicate<LoadedCrl> isTrusted,
            Set<AuthorityId> bereft,
            Predicate<AuthorityId> known,
            List<String> lost) {
        this.bereft = Set.copyOf(bereft);
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

    /** The set of these, of which there may be one for each issuer and scope. */
    static CrlSet of(List<LoadedCrl> loaded) {
        return of(loaded, list -> true, Set.of(), issuer -> false, List.of());
    }

    /**
     * The same, with what is missing.
     *
     * @param isTrusted whether a list is one of a CA of the trust bundle; the others are for certificates of CAs that
     *     have left it, which clients may still send
     * @param bereft    CAs of the trust bundle that have had a list, and have none now
     * @param known     whether any CA has had a list; thread-safe
     * @param lost      names of CAs with a list, in force or not, that no file and no URL has any more
     */
    static CrlSet of(
            List<LoadedCrl> loaded,
            Predicate<LoadedCrl> isTrusted,
            Set<AuthorityId> bereft,
            Predicate<AuthorityId> known,
            List<String> lost) {
        return new CrlSet(loaded, isTrusted, bereft, known, lost);
    }

    /** The newest of each issuer and scope; the others are named in {@code warnings}. */
    static List<LoadedCrl> newest(List<LoadedCrl> all, Problems warnings) {
        List<LoadedCrl> newest = new ArrayList<>();
        for (LoadedCrl crl : all) {
            Optional<LoadedCrl> rival = newest.stream().filter(crl::hasScopeOf).findFirst();
            if (rival.isEmpty()) {
                newest.add(crl);
                continue;
            }
            boolean isNewer = crl.crl().isNewerThan(rival.get().crl());
            LoadedCrl loser = isNewer ? rival.get() : crl;
            LoadedCrl winner = isNewer ? crl : rival.get();
            newest.set(newest.indexOf(rival.get()), winner);
            warnings.add(loser.where(), loser.printable() + ": not used (" + winner.where() + " has a newer one)");
        }
        return newest;
    }

    /** Whose lists there are. */
    Set<AuthorityId> issuers() {
        return byIssuer.keySet();
    }

    /** The lists that {@code issuer} has signed. */
    List<Crl> of(AuthorityId issuer) {
        return byIssuer.getOrDefault(issuer, List.of());
    }

    /** {@code issuer}, if possible as the trust bundle has it, if it has had a list and has none now; otherwise null. */
    @Nullable
    AuthorityId bereft(AuthorityId issuer) {
        if (byIssuer.containsKey(issuer)) {
            return null;
        }
        return bereft.stream().filter(issuer::equals).findFirst().orElseGet(() -> known.test(issuer) ? issuer : null);
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
