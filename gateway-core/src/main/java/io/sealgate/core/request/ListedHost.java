package io.sealgate.core.request;

import java.util.List;

/**
 * What a host that a route lists can mean. A name of COS's own says by itself which bucket is meant, and then nobody
 * looks at what routes list. Immutable.
 */
public final class ListedHost {

    private static final String WILDCARD = "*.";

    /** Lower case; empty if it can stand in no {@code Host}. */
    private final String name;

    private ListedHost(String name) {
        this.name = name;
    }

    /**
     * Reads one.
     *
     * @param text as configured: a name or an address, {@code *.} in front of a name possible
     */
    public static ListedHost of(String text) {
        // one label stands for all that a wildcard can be
        String name = text.startsWith(WILDCARD) ? "x." + text.substring(WILDCARD.length()) : text;
        boolean isHost = AuthoritySyntax.judge(List.of(name)) == null;
        String lower = isHost ? AuthoritySyntax.name(name) : "";
        boolean hasPort = lower.length() < name.length();
        return new ListedHost(hasPort ? "" : lower);
    }

    /** Whether some request can be found by this name: it can stand in {@code Host}, and is none of COS's. */
    public boolean isMet() {
        return !name.isEmpty() && CosHost.parse(name).fold(host -> host instanceof CosHost.Custom, error -> false);
    }

    /** Whether this is one of the names by which COS knows the bucket of {@code route}, which always match. */
    public boolean isOwn(Route route) {
        return !name.isEmpty() && CosHost.parse(name).fold(host -> leadsTo(host, route), error -> false);
    }

    private static boolean leadsTo(CosHost host, Route route) {
        if (host instanceof CosHost.PathStyle style) {
            return style.region().equals(route.region());
        }
        return host instanceof CosHost.Bucket bucket
                && bucket.bucket().equals(route.bucket())
                && (bucket.region() == null || bucket.region().equals(route.region()));
    }
}
