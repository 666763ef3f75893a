package io.sealgate.core.cam;

import io.sealgate.core.model.CosOperation;
import java.util.Collections;
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

    private static final Set<CosOperation> UPLOADS = Set.of(
            CosOperation.PUT_OBJECT,
            CosOperation.APPEND_OBJECT,
            CosOperation.INITIATE_MULTIPART,
            CosOperation.UPLOAD_PART);

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

    /** Whether none of its resources can be in the bucket. */
    boolean isElsewhere(String bucket, String region, String route) {
        return resources.stream()
                .allMatch(resource -> resource.keysIn(bucket, region, route).isEmpty());
    }

    /** Whether it allows something that the gateway knows, and nothing that is in {@code served}. */
    boolean allowsNoneOf(Set<CosOperation> served) {
        return effect == Effect.ALLOW
                && !actions.operations().isEmpty()
                && Collections.disjoint(actions.operations(), served);
    }

    /** Whether it allows one of the uploads in {@code served} without a limit on their length. */
    boolean allowsUploadsOfAnySize(Set<CosOperation> served) {
        return effect == Effect.ALLOW
                && UPLOADS.stream().anyMatch(upload -> actions.has(upload) && served.contains(upload))
                && conditions.stream().noneMatch(Condition::limitsLength);
    }
}
