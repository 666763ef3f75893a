package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.CosOperation;
import java.util.List;

/**
 * The compiled routes, in order; the first that matches listener, host, method and path wins. Immutable: a reload swaps it whole.
 *
 * <p>A {@code Host} of COS's own form names a bucket, and then only routes to that bucket match; any other host matches what the route
 * lists. What a path must cover depends on the operation: an object operation its key, a listing every key under its prefix,
 * {@code HEAD} of the bucket everything. A batch delete names its keys in the body, so it goes to the first route that serves batch
 * deletes, and the keys are checked against that route's path when they are known.
 */
public final class RouteTable {

    private final List<Route> routes;

    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** All routes in order. */
    public List<Route> routes() {
        return routes;
    }

    /** The route of a request, 421 if no route leads to the bucket that it names, or 404. */
    public Judged<Route> match(String listener, HttpMethod method, CosOperation operation, CosTarget target) {
        boolean isDirectedHere = false;
        for (Route route : routes) {
            if (!takesListener(route, listener) || !takesHost(route, target)) {
                continue;
            }
            isDirectedHere = true;
            if (takesMethod(route, method) && covers(route, operation, target)) {
                return Judged.good(route);
            }
        }
        boolean isMisdirected = !isDirectedHere && target.bucket() != null;
        return Judged.bad(
                isMisdirected
                        ? Rejections.of(
                                CosErrorCode.MISDIRECTED_REQUEST,
                                "Host: " + Rejections.show(target.hostName())
                                        + " (expected: a bucket that is served here)")
                        : Rejections.of(CosErrorCode.NO_SUCH_ROUTE, "No route takes this request."));
    }

    private static boolean takesListener(Route route, String listener) {
        List<String> listeners = route.config().match().listeners();
        return listeners.isEmpty() || listeners.contains(listener);
    }

    private static boolean takesHost(Route route, CosTarget target) {
        if (target.bucket() != null) {
            boolean isRegion = target.region() == null || target.region().equals(route.region());
            return target.bucket().equals(route.bucket()) && isRegion;
        }
        return route.config().match().hosts().isEmpty() || route.names(target.hostName());
    }

    private static boolean takesMethod(Route route, HttpMethod method) {
        List<String> methods = route.config().match().methods();
        return methods.isEmpty() || methods.contains(method.name());
    }

    private static boolean covers(Route route, CosOperation operation, CosTarget target) {
        return switch (operation) {
            case DELETE_MULTIPLE_OBJECTS -> route.operations().contains(operation);
            case LIST_OBJECTS, LIST_MULTIPART_UPLOADS -> route.path().coversAllUnder(target.value("prefix"));
            case HEAD_BUCKET -> route.path().coversAllUnder("");
            default -> route.path().covers(target.key());
        };
    }
}
