package io.sealgate.core.planning;

import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.CosTarget.Naming;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Whether some upload of a key would meet a route, on whichever listener and host. Immutable and thread-safe. */
record UploadReach(RouteTable routes) {

    /** One for each method by which an object can begin. */
    static final Set<CosOperation> UPLOADS = EnumSet.of(CosOperation.PUT_OBJECT, CosOperation.APPEND_OBJECT);

    /** Stands for every listener, or host, that no route names. */
    private static final String ANY_OTHER = "";

    /**
     * Whether some upload of {@code key} meets {@code route}, one of the table's, or may: earlier routes that leave no
     * request to it are found where they take listeners and hosts of its own.
     */
    boolean mayMeet(Route route, String key) {
        if (!route.path().covers(key)) {
            return false;
        }
        List<String> named = route.config().match().listeners();
        List<CosTarget> targets = targets(route, key);
        return (named.isEmpty() ? List.of(ANY_OTHER) : named)
                .stream().anyMatch(listener -> targets.stream().anyMatch(target -> isMet(route, listener, target)));
    }

    private boolean isMet(Route route, String listener, CosTarget target) {
        return UPLOADS.stream()
                .anyMatch(upload ->
                        route.equals(routes.find(listener, upload.form().method(), upload, target)));
    }

    /** The key on the bucket's own host, and on each that the route lists, or on any. */
    private static List<CosTarget> targets(Route route, String key) {
        List<String> hosts = route.config().match().hosts();
        List<CosTarget> targets = new ArrayList<>();
        targets.add(target(route, Naming.COS_HOST, route.bucketHost(), key));
        Naming naming = route.isPathStyle() ? Naming.PATH : Naming.ROUTE;
        for (String host : hosts.isEmpty() ? List.of(ANY_OTHER) : hosts) {
            targets.add(target(route, naming, host.replace("*", "any"), key));
        }
        return targets;
    }

    private static CosTarget target(Route route, Naming naming, String host, String key) {
        boolean isNamed = naming != Naming.ROUTE;
        return new CosTarget(
                isNamed ? route.bucket() : null, isNamed ? route.region() : null, naming, host, key, List.of());
    }
}
