package io.sealgate.app.config;

import io.sealgate.core.model.CosOperation;
import io.sealgate.core.planning.RouteCompiler;
import io.sealgate.core.request.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of routes that no request can reach, because earlier routes take all that they match, and of what a route that
 * is reached can never serve. Of a path that no key can meet that is told alone, unless the route serves batch
 * deletes, which have no path.
 */
final class RouteCoverageChecks {

    private final RouteReach reach;
    private final Findings findings;

    RouteCoverageChecks(RouteReach reach, Findings findings) {
        this.reach = reach;
        this.findings = findings;
    }

    /**
     * Looks at each route.
     *
     * @param routes all of the configuration, in its order
     * @return names of those that can never apply, or only to refuse
     */
    Set<String> run(List<Route> routes) {
        Set<String> idle = new LinkedHashSet<>();
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            List<Route> earlier = routes.subList(0, i);
            String path = Paths.item("routes", i);
            boolean isIdle = route.path().hasKeys()
                    ? isCovered(route, earlier, path) || servesNothing(route, earlier, path + ".operations")
                    : isWithoutKeys(route, earlier, path);
            if (isIdle) {
                idle.add(route.name());
            }
        }
        return idle;
    }

    private boolean isWithoutKeys(Route route, List<Route> earlier, String path) {
        boolean hasBatches = RouteReach.servesBatchDeletes(route)
                && isLeft(route, CosOperation.DELETE_MULTIPLE_OBJECTS, earlier, new LinkedHashSet<>());
        findings.warn(
                path + ".match.path",
                "path: " + route.path()
                        + " (can never apply: every key under it is refused, or may be read as one outside"
                        + (hasBatches ? "; only batch deletes, which have no path, meet this route)" : ")"));
        return !hasBatches;
    }

    private boolean isCovered(Route route, List<Route> earlier, String path) {
        Set<String> covering = covering(route, earlier);
        if (covering == null) {
            return false;
        }
        findings.warn(
                path,
                "route: " + route.name() + " (can never apply: all that it matches is taken by "
                        + String.join(", ", covering) + " before it)");
        return true;
    }

    /** The earlier routes that take everything from {@code route}, or {@code null} if something is left. */
    private @Nullable Set<String> covering(Route route, List<Route> earlier) {
        Set<String> covering = new LinkedHashSet<>();
        for (RouteReach.Case part : reach.cases(route)) {
            List<Route> takers = reach.takers(part, route, earlier);
            Route first = RouteReach.whole(takers, route);
            boolean isBatchLeft = part.method().equals("POST")
                    && RouteReach.servesBatchDeletes(route)
                    && takers.stream().noneMatch(RouteReach::servesBatchDeletes);
            if (first == null || isBatchLeft) {
                return null;
            }
            covering.add(first.name());
        }
        return covering;
    }

    /** Whether nothing that it serves can be asked for. Of a group it is enough that some of it can. */
    private boolean servesNothing(Route route, List<Route> earlier, String path) {
        List<String> words = route.config().operations();
        int idle = 0;
        for (int i = 0; i < words.size(); i++) {
            Set<String> takers = new LinkedHashSet<>();
            boolean isLeft = RouteCompiler.operations(words.get(i)).stream()
                    .anyMatch(operation -> isLeft(route, operation, earlier, takers));
            if (!isLeft) {
                idle++;
                String why = takers.isEmpty()
                        ? "path and methods of the route leave no request for it"
                        : "taken by " + String.join(", ", takers) + " before it";
                findings.warn(Paths.item(path, i), "operation: " + words.get(i) + " (can never apply: " + why + ")");
            }
        }
        return idle == words.size();
    }

    /** Whether some request for {@code operation} meets {@code route}; {@code takers} gets the names of others. */
    private boolean isLeft(Route route, CosOperation operation, List<Route> earlier, Set<String> takers) {
        if (!RouteReach.serves(route, operation)) {
            return false;
        }
        for (RouteReach.Case part : reach.cases(route)) {
            if (part.method().equals(operation.form().method().name())) {
                Route first = RouteReach.first(reach.takers(part, route, earlier), route, operation);
                if (first == null) {
                    return true;
                }
                takers.add(first.name());
            }
        }
        return false;
    }
}
