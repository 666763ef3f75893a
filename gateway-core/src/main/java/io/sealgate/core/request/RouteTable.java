package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The compiled routes, in order; the first that matches listener, host, method and path wins. Immutable: a reload swaps it whole.
 *
 * <p>A {@code Host} of COS's own form names a bucket, and then only routes to that bucket match; any other host matches what the route
 * lists. A host that is addressed in path style names a bucket too, and matches only where it is listed. What a path must cover depends on the operation: an object operation its key, a listing every key under its prefix,
 * {@code HEAD} of the bucket everything. A batch delete names its keys in the body, so it goes to the first route that serves batch
 * deletes, and the keys are checked against that route's path when they are known.
 */
public final class RouteTable {

    private final List<Route> routes;
    private final List<Route> pathStyle;
    private final EarlierRoutes earlier;

    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        this.earlier = EarlierRoutes.of(this.routes);
        this.pathStyle = routes.stream().filter(Route::isPathStyle).toList();
    }

    /** All routes in order. */
    public List<Route> routes() {
        return routes;
    }

    /** Whether clients of {@code listener} name the bucket in the path when they speak to {@code host}, lower case, no port. */
    public boolean isPathStyle(String listener, String host) {
        for (Route route : pathStyle) {
            if (route.takesListener(listener) && route.names(host)) {
                return true;
            }
        }
        return false;
    }

    /** The route of a request, 421 if no route leads to the bucket that its host names, or 404. */
    public Judged<Route> match(String listener, HttpMethod method, CosOperation operation, CosTarget target) {
        Route route = find(listener, method, operation, target);
        if (route != null) {
            return Judged.good(route);
        }
        boolean isDirectedHere = routes.stream().anyMatch(any -> isDirected(any, listener, target));
        return Judged.bad(isDirectedHere ? noRoute() : notDirectedHere(target));
    }

    /** The route of a request, or {@code null} if there is none. */
    public @Nullable Route find(String listener, HttpMethod method, CosOperation operation, CosTarget target) {
        for (Route route : routes) {
            if (isDirected(route, listener, target) && route.takesMethod(method) && covers(route, operation, target)) {
                return route;
            }
        }
        return null;
    }

    /** Whether {@code route} takes requests from {@code listener} that say this host and this bucket. */
    public boolean isDirected(Route route, String listener, CosTarget target) {
        return route.takesListener(listener) && takesHost(route, target);
    }

    /**
     * The routes before {@code own} that a {@code GET} of a key which a listing can name would meet, in order. {@code
     * own} itself, which covers every such key, is what the rest of them meet. A route to another bucket has no say:
     * its objects are others.
     *
     * @param own    the route of the listing, one of this table's
     * @param target what the listing asks for
     */
    public List<Route> alsoListed(Route own, String listener, CosTarget target) {
        return earlier.before(
                own,
                route -> isDirected(route, listener, target)
                        && route.path().coversSomeUnder(target.value(TargetReadings.PREFIX)));
    }

    private static GatewayError noRoute() {
        return Rejections.of(CosErrorCode.NO_SUCH_ROUTE, "No route takes this request.");
    }

    private static GatewayError notDirectedHere(CosTarget target) {
        return switch (target.naming()) {
            case COS_HOST ->
                Rejections.of(
                        CosErrorCode.MISDIRECTED_REQUEST,
                        "Host: " + Rejections.show(target.hostName()) + " (expected: a bucket that is served here)");
            case PATH ->
                Rejections.of(
                        CosErrorCode.NO_SUCH_BUCKET,
                        "bucket: " + Rejections.show(String.valueOf(target.bucket()))
                                + " (expected: a bucket that is served here)");
            case ROUTE -> noRoute();
        };
    }

    private static boolean takesHost(Route route, CosTarget target) {
        return switch (target.naming()) {
            case COS_HOST -> leadsTo(route, target);
            case PATH -> leadsTo(route, target) && route.isPathStyle() && route.names(target.hostName());
            case ROUTE -> route.config().match().hosts().isEmpty() || route.names(target.hostName());
        };
    }

    private static boolean leadsTo(Route route, CosTarget target) {
        boolean isRegion = target.region() == null || target.region().equals(route.region());
        return route.bucket().equals(target.bucket()) && isRegion;
    }

    private static boolean covers(Route route, CosOperation operation, CosTarget target) {
        return switch (operation) {
            case DELETE_MULTIPLE_OBJECTS -> route.operations().contains(operation);
            case LIST_OBJECTS, LIST_OBJECT_VERSIONS, LIST_MULTIPART_UPLOADS ->
                route.path().coversAllUnder(target.value(TargetReadings.PREFIX));
            case HEAD_BUCKET -> route.path().coversAllUnder("");
            default -> route.path().covers(target.key());
        };
    }
}
