package io.sealgate.core.cam;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One choice among the names of a client that has several of a kind. All variables of a statement are read under the same choice, so
 * that a resource is never matched by one name and a condition by another.
 *
 * @param values what there is to choose from
 * @param uri    which of the URIs
 * @param dns    which of the DNS names
 */
record Binding(ClientValues values, int uri, int dns) {

    /** The value of {@code variable}, or {@code null} if the client has none that may stand in a policy. */
    @Nullable
    String value(Variable variable) {
        List<String> all = values.of(variable);
        int chosen =
                switch (variable) {
                    case CLIENT_SAN_URI -> uri;
                    case CLIENT_SAN_DNS -> dns;
                    default -> 0;
                };
        String value = chosen < all.size() ? all.get(chosen) : null;
        return value != null && variable.canStandInKey(value) ? value : null;
    }
}
