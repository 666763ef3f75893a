package io.sealgate.core.cam;

import java.util.Optional;
import java.util.function.Supplier;

/** Where policies come from. */
public interface PolicySource {

    /** No policies at all. */
    PolicySource NONE = name -> Optional.empty();

    /** The policy of a name; empty if there is none. What is supplied is the policy of the moment, from memory. */
    Optional<Supplier<Policy>> find(String name);
}
