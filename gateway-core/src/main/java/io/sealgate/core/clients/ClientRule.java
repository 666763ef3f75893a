package io.sealgate.core.clients;

import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.Certified;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which clients may use a route at all, whatever they want there. Every gate must let a client through. Immutable, but for
 * fingerprint lists, which are replaced as a whole.
 *
 * @param admitsAnonymous whether clients without a certificate may
 * @param gates           for those that have one
 */
public record ClientRule(boolean admitsAnonymous, List<Gate> gates) {

    public ClientRule {
        gates = List.copyOf(gates);
    }

    /**
     * One condition.
     *
     * @param reason what is logged when it is not met, from a closed set
     * @param admits whether it is met
     */
    public record Gate(String reason, Predicate<Certified> admits) {}

    /** Everybody who has a certificate. */
    public static ClientRule certified() {
        return new ClientRule(false, List.of());
    }

    /** Why {@code client} may not use the route; null if it may. */
    public @Nullable String objection(ClientIdentity client) {
        if (!(client instanceof Certified certified)) {
            return admitsAnonymous ? null : "anonymous";
        }
        for (Gate gate : gates) {
            if (!gate.admits().test(certified)) {
                return gate.reason();
            }
        }
        return null;
    }
}
