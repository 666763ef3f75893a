package io.sealgate.core.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a query does to the bytes of the object that is asked for. COS makes other bytes of them on the way (images, documents,
 * styles, selections) under ever more names, so only what is known to be harmless is taken to be. Pure.
 */
public final class ObjectQuery {

    /** Parameters that leave the bytes alone, besides {@code response-*}, which change headers only. */
    private static final Set<String> HARMLESS = Set.of(
            "versionid",
            "x-cos-traffic-limit",
            "x-cos-security-token",
            "token",
            "q-sign-algorithm",
            "q-ak",
            "q-sign-time",
            "q-key-time",
            "q-header-list",
            "q-url-param-list",
            "q-signature");

    private ObjectQuery() {}

    /** Whether something may be made from the object, so that the answer is not the object itself. */
    public static boolean mayProcess(List<QueryParameter> query) {
        for (QueryParameter parameter : query) {
            String name = parameter.name().toLowerCase(Locale.ROOT);
            if (!HARMLESS.contains(name) && !name.startsWith("response-")) {
                return true;
            }
        }
        return false;
    }
}
