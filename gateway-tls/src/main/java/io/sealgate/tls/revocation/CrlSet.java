package io.sealgate.tls.revocation;

import io.sealgate.core.spi.CrlStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All lists that a listener goes by. Immutable: a change makes a new one, which takes the place of the old as a whole. */
public final class CrlSet {

    private final Map<AuthorityId, List<Crl>> byIssuer = new HashMap<>();
    private final List<CrlStatus> statuses;

    private CrlSet(List<LoadedCrl> loaded) {
        for (LoadedCrl one : loaded) {
            byIssuer.computeIfAbsent(one.crl().issuer(), issuer -> new ArrayList<>())
                    .add(one.crl());
        }
        statuses = loaded.stream().map(LoadedCrl::status).toList();
    }

    /** No lists. */
    public static CrlSet none() {
        return new CrlSet(List.of());
    }

    /** The set of these, of which there may be one for each issuer and scope. */
    static CrlSet of(List<LoadedCrl> loaded) {
        return new CrlSet(loaded);
    }

    /** The lists that {@code issuer} has signed. */
    List<Crl> of(AuthorityId issuer) {
        return byIssuer.getOrDefault(issuer, List.of());
    }

    /** What there is to say of each list. */
    public List<CrlStatus> statuses() {
        return statuses;
    }
}
