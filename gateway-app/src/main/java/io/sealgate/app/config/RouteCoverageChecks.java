package io.sealgate.app.config;

import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Warns of routes that no request can reach, because earlier routes take all that they match. What a route matches is
 * divided into cases of one listener, one kind of host and one method each; a route is covered if each of its cases
 * is taken by some earlier route. A path is covered only by one earlier route: a union of paths that are all narrower
 * leaves keys out. Clients take no part, as in matching. Of a path that no key can meet that is told alone.
 */
final class RouteCoverageChecks {

    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS");
    private static final String REST = "**";
    private static final String WILDCARD = "*.";

    private final List<String> listeners;
    private final Findings findings;

    /** @param listeners names of all of them */
    RouteCoverageChecks(List<String> listeners, Findings findings) {
        this.listeners = List.copyOf(listeners);
        this.findings = findings;
    }

    /** @param routes all of the configuration, in its order */
    void run(List<Route> routes) {
        for (int i = 0; i < routes.size(); i++) {
            if (!routes.get(i).path().hasKeys()) {
                findings.warn(
                        Paths.item("routes", i) + ".match.path",
                        "path: " + routes.get(i).path()
                                + " (can never apply: every key under it is refused, or may be read as one outside)");
                continue;
            }
            Set<String> covering = covering(routes.get(i), routes.subList(0, i));
            if (covering != null) {
                findings.warn(
                        Paths.item("routes", i),
                        "route: " + routes.get(i).name() + " (can never apply: all that it matches is taken by "
                                + String.join(", ", covering) + " before it)");
            }
        }
    }

    /** The earlier routes that take everything from {@code route}, or {@code null} if something is left. */
    private @Nullable Set<String> covering(Route route, List<Route> earlier) {
        Set<String> covering = new LinkedHashSet<>();
        for (String listener : takenFrom(route.config().match().listeners(), listeners)) {
            for (String method : takenFrom(route.config().match().methods(), METHODS)) {
                List<Route> candidates = earlier.stream()
                        .filter(each -> takenFrom(each.config().match().listeners(), listeners)
                                .contains(listener))
                        .filter(each -> takenFrom(each.config().match().methods(), METHODS)
                                .contains(method))
                        .toList();
                for (String host : hosts(route)) {
                    List<Route> there = candidates.stream()
                            .filter(each -> takesHost(each, host, route))
                            .toList();
                    Route first = first(there, each -> coversPath(each, route));
                    Route batch = first(there, RouteCoverageChecks::servesBatchDeletes);
                    boolean isBatchLeft = method.equals("POST") && servesBatchDeletes(route) && batch == null;
                    if (first == null || isBatchLeft) {
                        return null;
                    }
                    covering.add(first.name());
                }
            }
        }
        return covering;
    }

    private static @Nullable Route first(List<Route> routes, Predicate<Route> which) {
        return routes.stream().filter(which).findFirst().orElse(null);
    }

    private static List<String> takenFrom(List<String> said, List<String> all) {
        return said.isEmpty() ? all : said;
    }

    /** The kinds of host that a route takes: its bucket's own, and each that is listed, or any. */
    private static List<String> hosts(Route route) {
        List<String> listed = route.config().match().hosts();
        Set<String> hosts = new LinkedHashSet<>(List.of(route.bucketHost()));
        hosts.addAll(listed.isEmpty() ? List.of(REST) : listed);
        return List.copyOf(hosts);
    }

    /** Whether {@code earlier} takes every request for a host of {@code kind} that {@code later} takes. */
    private static boolean takesHost(Route earlier, String kind, Route later) {
        boolean isSameBucket =
                earlier.bucket().equals(later.bucket()) && earlier.region().equals(later.region());
        if (kind.equals(later.bucketHost())) {
            return isSameBucket;
        }
        if (later.isPathStyle() || earlier.isPathStyle()) {
            return isSameBucket && later.isPathStyle() && earlier.isPathStyle() && names(earlier, kind);
        }
        return earlier.config().match().hosts().isEmpty() || names(earlier, kind);
    }

    /** Whether the earlier route lists {@code host}, which may be a wildcard itself. */
    private static boolean names(Route earlier, String host) {
        if (host.equals(REST)) {
            return false;
        }
        return host.startsWith(WILDCARD)
                ? earlier.config().match().hosts().stream().anyMatch(host::equalsIgnoreCase)
                : earlier.names(host.toLowerCase(Locale.ROOT));
    }

    private static boolean coversPath(Route earlier, Route later) {
        String path = later.config().match().path();
        return path.endsWith("/" + REST)
                ? earlier.path().coversAllUnder(path.substring(1, path.length() - REST.length()))
                : earlier.path().covers(path.substring(1));
    }

    /** A batch delete goes to the first route that serves it, whatever its path. */
    private static boolean servesBatchDeletes(Route route) {
        return route.operations().contains(CosOperation.DELETE_MULTIPLE_OBJECTS);
    }
}
