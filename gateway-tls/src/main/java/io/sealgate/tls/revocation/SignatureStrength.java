package io.sealgate.tls.revocation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which signature algorithms are strong enough. */
@FunctionalInterface
public interface SignatureStrength {

    /**
     * What is weak about an algorithm; nothing if it is strong.
     *
     * @param oid        of the algorithm
     * @param parameters DER, or null for none
     */
    Optional<String> weakness(String oid, byte @Nullable [] parameters);
}
