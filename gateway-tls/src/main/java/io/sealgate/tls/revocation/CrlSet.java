package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import io.sealgate.core.spi.CrlStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All lists that a listener goes by. Immutable: a change makes a new one, which takes the place of the old as a whole. */
public final class CrlSet {

    private final Map<AuthorityId, List<Crl>> byIssuer = new HashMap<>();
    private final List<CrlStatus> statuses;

    private CrlSet(List<LoadedCrl> loaded) {
        for (LoadedCrl one : loaded) {
            byIssuer.computeIfAbsent(one.crl().issuer(), issuer -> new ArrayList<>())
                    .add(one.crl());
        }
        // Names in certificates are no tags for metrics.
        statuses = loaded.stream()
                .filter(LoadedCrl::isConfigured)
                .map(LoadedCrl::status)
                .toList();
    }

    /** No lists. */
    public static CrlSet none() {
        return new CrlSet(List.of());
    }

    /** The set of these, of which there may be one for each issuer and scope. */
    static CrlSet of(List<LoadedCrl> loaded) {
        return new CrlSet(loaded);
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

    /** The lists that {@code issuer} has signed. */
    List<Crl> of(AuthorityId issuer) {
        return byIssuer.getOrDefault(issuer, List.of());
    }

    /** What there is to say of each list that the configuration names. */
    public List<CrlStatus> statuses() {
        return statuses;
    }
}
