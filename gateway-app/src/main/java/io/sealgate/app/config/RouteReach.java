package io.sealgate.app.config;

import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.ListedHost;
import io.sealgate.core.request.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which routes take what another one matches. That is divided into cases of one listener, one method and one kind of
 * host each. A path is taken only by one route: a union of paths that are all narrower leaves keys out. Clients take
 * no part, as in matching. Immutable.
 *
 * @param listeners  names of all of them
 * @param forwarding names of the origins to which the gateway sends the client's {@code Host}
 */
record RouteReach(List<String> listeners, Set<String> forwarding) {

    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS");

    /** Stands for every host that is not one of COS's. */
    static final String OTHER_HOSTS = "**";

    private static final String WILDCARD = "*.";

    RouteReach {
        listeners = List.copyOf(listeners);
        forwarding = Set.copyOf(forwarding);
    }

    /** A part of what a route matches. */
    record Case(String listener, String method, String host) {}

    /** What {@code route} matches, but for its path. */
    List<Case> cases(Route route) {
        List<Case> cases = new ArrayList<>();
        for (String listener : listenersOf(route)) {
            for (String method : takenFrom(route.config().match().methods(), METHODS)) {
                hosts(route).forEach(host -> cases.add(new Case(listener, method, host)));
            }
        }
        return cases;
    }

    /** Names of those that {@code route} takes requests of. */
    List<String> listenersOf(Route route) {
        return takenFrom(route.config().match().listeners(), listeners);
    }

    /** Those of {@code others} that take each request of {@code part} of {@code route}, if their path covers it. */
    List<Route> takers(Case part, Route route, List<Route> others) {
        return others.stream()
                .filter(other -> listenersOf(other).contains(part.listener()) && takesMethod(other, part.method()))
                .filter(other -> takesHost(other, part.host(), route))
                .toList();
    }

    /** Whether some request for {@code operation} can meet {@code route} if no other route takes it before. */
    static boolean serves(Route route, CosOperation operation) {
        boolean hasPath =
                switch (operation) {
                    case DELETE_MULTIPLE_OBJECTS -> true;
                    case LIST_OBJECTS, LIST_OBJECT_VERSIONS, LIST_MULTIPART_UPLOADS ->
                        route.path().coversAllUnder(route.path().prefix());
                    case HEAD_BUCKET -> route.path().coversAllUnder("");
                    default -> hasResource(route, operation);
                };
        return hasPath && takesMethod(route, operation.form().method().name());
    }

    /** Whether the path covers the bucket, or some key; it has none but the bucket if it is a single slash. */
    private static boolean hasResource(Route route, CosOperation operation) {
        boolean isBucketAlone = route.path().toString().equals("/");
        return operation.is(CosOperation.Trait.ON_BUCKET) ? route.path().covers("") : !isBucketAlone;
    }

    /** The first of {@code takers} that takes each request for {@code operation} that {@code route} would meet. */
    static @Nullable Route first(List<Route> takers, Route route, CosOperation operation) {
        return switch (operation) {
            case DELETE_MULTIPLE_OBJECTS -> first(takers, RouteReach::servesBatchDeletes);
            case LIST_OBJECTS, LIST_OBJECT_VERSIONS, LIST_MULTIPART_UPLOADS -> whole(takers, route);
            case HEAD_BUCKET -> first(takers, taker -> taker.path().coversAllUnder(""));
            default ->
                operation.is(CosOperation.Trait.ON_BUCKET)
                        ? first(takers, taker -> taker.path().covers(""))
                        : whole(takers, route);
        };
    }

    /** The first of {@code takers} that covers the whole path of {@code route}. */
    static @Nullable Route whole(List<Route> takers, Route route) {
        return first(takers, taker -> taker.path().coversAllOf(route.path()));
    }

    private static @Nullable Route first(List<Route> routes, Predicate<Route> which) {
        return routes.stream().filter(which).findFirst().orElse(null);
    }

    /** A batch delete goes to the first route that serves it, whatever its path. */
    static boolean servesBatchDeletes(Route route) {
        return route.operations().contains(CosOperation.DELETE_MULTIPLE_OBJECTS);
    }

    static boolean takesMethod(Route route, String method) {
        return takenFrom(route.config().match().methods(), METHODS).contains(method);
    }

    private static List<String> takenFrom(List<String> said, List<String> all) {
        return said.isEmpty() ? all : said;
    }

    /**
     * The kinds of host that a route takes: its bucket's own, and each that is listed and can be met, or any. A
     * {@code Host} that neither COS nor the route knows is refused where it would be sent on.
     */
    List<String> hosts(Route route) {
        List<String> listed = route.config().match().hosts();
        Set<String> hosts = new LinkedHashSet<>(List.of(route.bucketHost()));
        if (listed.isEmpty() && !forwards(route)) {
            hosts.add(OTHER_HOSTS);
        }
        hosts.addAll(listed);
        hosts.removeIf(
                host -> listed.contains(host) && !ListedHost.of(host).isMet() && !host.equals(route.bucketHost()));
        return List.copyOf(hosts);
    }

    /** Whether the client's {@code Host} goes on to the route's origin. */
    boolean forwards(Route route) {
        return forwarding.contains(route.config().origin());
    }

    /** Whether {@code other} takes every request for a host of {@code kind} that {@code route} takes. */
    private static boolean takesHost(Route other, String kind, Route route) {
        boolean isSameBucket =
                other.bucket().equals(route.bucket()) && other.region().equals(route.region());
        if (kind.equals(route.bucketHost())) {
            return isSameBucket;
        }
        if (route.isPathStyle() || other.isPathStyle()) {
            return isSameBucket && route.isPathStyle() && other.isPathStyle() && names(other, kind);
        }
        return other.config().match().hosts().isEmpty() || names(other, kind);
    }

    /** Whether {@code route} lists {@code host}, which may be a wildcard itself. */
    private static boolean names(Route route, String host) {
        if (host.equals(OTHER_HOSTS)) {
            return false;
        }
        return host.startsWith(WILDCARD)
                ? route.config().match().hosts().stream().anyMatch(host::equalsIgnoreCase)
                : route.names(host.toLowerCase(Locale.ROOT));
    }
}
