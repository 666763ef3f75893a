package io.sealgate.tls.revocation;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The CAs that have ever had a list in force at one listener. Where a CA without a list is one whose certificates are
 * not looked up, these are excepted: their list is not there any more. Thread-safe.
 */
public final class KnownIssuers {

    private final Set<AuthorityId> seen = ConcurrentHashMap.newKeySet();
    private final String listener;
    private final @Nullable CrlIssuerStore store;

    private KnownIssuers(String listener, @Nullable CrlIssuerStore store) {
        this.listener = listener;
        this.store = store;
    }

    /** Those that were seen by this process and, with {@code store}, by those before it. */
    public static KnownIssuers of(String listener, @Nullable CrlIssuerStore store) {
        return new KnownIssuers(listener, store);
    }

    boolean include(AuthorityId issuer) {
        return seen.contains(issuer) || (store != null && store.contains(listener, issuer));
    }

    /**
     * From now on {@code issuer} is known.
     *
     * @throws IOException if a later process may not know it; asked again, this tries again
     */
    void add(AuthorityId issuer) throws IOException {
        seen.add(issuer);
        if (store != null) {
            store.add(listener, issuer);
        }
    }
}
