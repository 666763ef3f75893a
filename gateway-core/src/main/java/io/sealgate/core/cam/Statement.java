package io.sealgate.core.cam;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A statement as it was written, on no route yet. Immutable.
 *
 * @param actions    the gateway's operations that it is about
 * @param resources  at least one
 * @param conditions all of which must hold
 */
record Statement(Effect effect, ActionSet actions, List<ResourceName> resources, List<Condition> conditions) {

    Statement {
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    /** The variables of the client's in it. */
    Set<Variable> clientVariables() {
        return Stream.concat(
                        resources.stream().flatMap(resource -> resource.path().clientVariables().stream()),
                        conditions.stream().flatMap(condition -> condition.clientVariables().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
