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
 * {@code Host}: the same key then meets a route that asks less, of clients or of what they upload. Only what is
 * certain to ask less is told: a route whose own clients and policies let everybody in keeps nothing, and of two sets
 * of policies nobody knows.
 */
final class RouteDetourChecks {

    /** What a route that takes the first one's method seems to decide about, and other methods do as well. */
    private static final List<Alike> SAME_BY_OTHER_METHODS = List.of(
            new Alike(CosOperation.GET_OBJECT, List.of(CosOperation.HEAD_OBJECT, CosOperation.SELECT_OBJECT_CONTENT)),
            new Alike(CosOperation.PUT_OBJECT, List.of(CosOperation.APPEND_OBJECT, CosOperation.INITIATE_MULTIPART)));

    /**
     * What a route that takes the first one's method asks of uploads, and is not asked of the others. That is no sign
     * of clients being kept out, as appends and multipart uploads may be for some who may put nothing.
     */
    private static final List<Alike> SAME_UPLOADS = List.of(
            new Alike(CosOperation.PUT_OBJECT, List.of(CosOperation.APPEND_OBJECT, CosOperation.INITIATE_MULTIPART)),
            new Alike(CosOperation.APPEND_OBJECT, List.of(CosOperation.PUT_OBJECT)),
            new Alike(CosOperation.INITIATE_MULTIPART, List.of(CosOperation.PUT_OBJECT)));

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
        methods(route, SAME_BY_OTHER_METHODS, RouteDetourChecks::isLaxer, detours);
        methods(route, SAME_UPLOADS, RouteDetourChecks::isLaxerAboutUploads, detours);
        tell(detours, path, "methods: " + route.config().match().methods());
    }

    private void methods(Route route, List<Alike> pairs, Laxity laxity, List<Detour> detours) {
        for (Alike alike : pairs) {
            for (CosOperation other : alike.others()) {
                if (RouteReach.serves(route, alike.primary()) && !takes(route, other)) {
                    Way way = new Way(route, alike.primary(), other);
                    detour(way, reach.hosts(route), laxity).ifPresent(detours::add);
                }
            }
        }
    }

    private void hosts(Route route, String path) {
        List<Detour> detours = new ArrayList<>();
        if (!route.config().match().hosts().isEmpty() && !route.isPathStyle()) {
            for (CosOperation operation : BY_ANY_HOST) {
                if (takes(route, operation)) {
                    Laxity laxity = (met, way) -> isLaxer(met, way)
                            || (operation == CosOperation.PUT_OBJECT && isLaxerAboutUploads(met, way));
                    detour(new Way(route, operation, operation), List.of(RouteReach.OTHER_HOSTS), laxity)
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

    /** What is asked of {@code route} with one operation, and may be had by another. */
    private record Way(Route route, CosOperation primary, CosOperation other) {}

    /** Whether a route that is met instead asks less. */
    @FunctionalInterface
    private interface Laxity {
        boolean isFoundIn(Route met, Way way);
    }

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

    /** What takes requests for the other operation away from the route and asks less. */
    private Optional<Detour> detour(Way way, List<String> hosts, Laxity laxity) {
        Route route = way.route();
        String method = way.other().form().method().name();
        for (String listener : reach.listenersOf(route)) {
            for (String host : hosts) {
                Route met = RouteReach.whole(
                        reach.takers(new RouteReach.Case(listener, method, host), route, routes), route);
                if (met != null && !met.equals(route) && serves(met, way) && laxity.isFoundIn(met, way)) {
                    return Optional.of(new Detour(way.other(), met));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean serves(Route met, Way way) {
        boolean isSameBucket = met.bucket().equals(way.route().bucket())
                && met.region().equals(way.route().region());
        return isSameBucket && met.operations().contains(way.other());
    }

    private static boolean isLaxer(Route met, Way way) {
        return !way.route().operations().contains(way.primary()) || asksMore(way.route(), met);
    }

    private static boolean isLaxerAboutUploads(Route met, Way way) {
        return way.route().operations().contains(way.primary())
                && isOpenToItsClients(met, way.route())
                && new UploadDemands(way.route().config()).exceed(met.config(), way.other());
    }

    /** Whether no client that {@code route} lets in is certain to be refused, or may be, where it gets to instead. */
    private static boolean isOpenToItsClients(Route met, Route route) {
        boolean letsIn = met.clients().gates().isEmpty()
                || met.config().clients().equals(route.config().clients());
        return letsIn
                && (met.config().policies() == null
                        || met.config().policies().equals(route.config().policies()));
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
