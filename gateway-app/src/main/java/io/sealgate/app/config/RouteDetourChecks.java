package io.sealgate.app.config;

import io.sealgate.core.clients.ClientRule;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Warns of routes that seem to keep keys from clients, and that such a client gets around by another method or another
 * {@code Host}: the same key then meets a route that asks less. Only what is certain to ask less is told: a route
 * whose own clients and policies let everybody in keeps nothing, and of two sets of policies nobody knows.
 */
final class RouteDetourChecks {

    /** What a route that takes the first one's method seems to decide about, and other methods do as well. */
    private static final List<Alike> SAME_BY_OTHER_METHODS = List.of(
            new Alike(CosOperation.GET_OBJECT, List.of(CosOperation.HEAD_OBJECT, CosOperation.SELECT_OBJECT_CONTENT)),
            new Alike(CosOperation.PUT_OBJECT, List.of(CosOperation.APPEND_OBJECT, CosOperation.INITIATE_MULTIPART)));

    private static final List<CosOperation> BY_ANY_HOST =
            List.of(CosOperation.GET_OBJECT, CosOperation.PUT_OBJECT, CosOperation.DELETE_OBJECT);

    private final RouteReach reach;
    private final List<Route> routes;
    private final Findings findings;

    /** @param routes all of the configuration, in its order */
    RouteDetourChecks(RouteReach reach, List<Route> routes, Findings findings) {
        this.reach = reach;
        this.routes = List.copyOf(routes);
        this.findings = findings;
    }

    /** @param idle names of routes that can never apply: nothing is said of them */
    void run(Set<String> idle) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (!idle.contains(route.name())) {
                methods(route, Paths.item("routes", i) + ".match.methods");
                hosts(route, Paths.item("routes", i) + ".match.hosts");
            }
        }
    }

    private void methods(Route route, String path) {
        List<Detour> detours = new ArrayList<>();
        for (Alike alike : SAME_BY_OTHER_METHODS) {
            for (CosOperation other : alike.others()) {
                if (RouteReach.serves(route, alike.primary()) && !takes(route, other)) {
                    detour(route, alike.primary(), other, reach.hosts(route)).ifPresent(detours::add);
                }
            }
        }
        tell(detours, path, "methods: " + route.config().match().methods());
    }

    private void hosts(Route route, String path) {
        List<Detour> detours = new ArrayList<>();
        if (!route.config().match().hosts().isEmpty() && !route.isPathStyle()) {
            for (CosOperation operation : BY_ANY_HOST) {
                if (takes(route, operation)) {
                    detour(route, operation, operation, List.of(RouteReach.OTHER_HOSTS))
                            .filter(detour -> isWider(detour.other(), route))
                            .ifPresent(detours::add);
                }
            }
        }
        tell(detours, path, "hosts: " + route.config().match().hosts());
    }

    /** Whether {@code other} is a route of whose keys {@code route} has some, and serves any host. */
    private boolean isWider(Route other, Route route) {
        return !route.path().coversAllOf(other.path()) && !reach.forwards(other);
    }

    private record Alike(CosOperation primary, List<CosOperation> others) {}

    /** Another way to a key of a route. */
    private record Detour(CosOperation operation, Route other) {}

    private void tell(List<Detour> detours, String path, String what) {
        if (!detours.isEmpty()) {
            Detour first = detours.get(0);
            findings.warn(
                    path,
                    what + " (" + first.operation().label() + " of a key under this path meets route "
                            + first.other().name() + " otherwise, which does not ask what this one asks)");
        }
    }

    /** What takes requests for {@code other} away from {@code route} and asks less. */
    private Optional<Detour> detour(Route route, CosOperation primary, CosOperation other, List<String> hosts) {
        String method = other.form().method().name();
        for (String listener : reach.listenersOf(route)) {
            for (String host : hosts) {
                Route met = RouteReach.whole(
                        reach.takers(new RouteReach.Case(listener, method, host), route, routes), route);
                if (met != null && !met.equals(route) && isLaxer(met, other, route, primary)) {
                    return Optional.of(new Detour(other, met));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isLaxer(Route met, CosOperation operation, Route route, CosOperation primary) {
        boolean isSameBucket =
                met.bucket().equals(route.bucket()) && met.region().equals(route.region());
        if (!isSameBucket || !met.operations().contains(operation)) {
            return false;
        }
        return !route.operations().contains(primary) || asksMore(route, met);
    }

    private static boolean asksMore(Route route, Route met) {
        RouteConfig config = route.config();
        ClientRule clients = route.clients();
        boolean keepsClients = !clients.gates().isEmpty()
                || (!clients.admitsAnonymous() && met.clients().admitsAnonymous());
        boolean hasOtherClients = !config.clients().equals(met.config().clients());
        return (keepsClients && hasOtherClients)
                || (config.policies() != null && met.config().policies() == null);
    }

    private static boolean takes(Route route, CosOperation operation) {
        return RouteReach.takesMethod(route, operation.form().method().name());
    }
}
