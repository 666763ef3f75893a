package io.sealgate.tls.revocation;

import io.sealgate.core.config.Problems;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
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

    /** Warns of those among {@code authorities} where no lists are looked up at all any more. */
    public void warnOfUnused(List<X509Certificate> authorities, Problems warnings, String path) {
        authorities.stream()
                .map(AuthorityId::of)
                .distinct()
                .filter(this::include)
                .forEach(issuer -> warnings.add(
                        path + ".crl",
                        "crl: none, so nobody of " + issuer.printable() + " is looked up, which has had a list"
                                + " (expected: its list, or its file in state.directory deleted)"));
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
