package io.sealgate.core.planning;

import io.sealgate.core.config.Problems;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig.Addressing;
import io.sealgate.core.upstream.Origin;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What must hold of routes whose hosts are addressed in path style. The host alone must tell how its paths are read, before any
 * route is chosen: were it addressed in two ways, one target would be two keys. Confined to one compilation.
 */
record AddressingCheck(List<RouteConfig> routes, Map<String, Origin> origins, Problems problems) {

    void run() {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).match().addressing() == Addressing.PATH) {
                check(routes.get(i), "routes[" + i + "].match");
            }
        }
    }

    private void check(RouteConfig route, String path) {
        if (route.match().hosts().isEmpty()) {
            problems.add(path + ".addressing", "addressing: path (expected: host, or hosts that are addressed so)");
        }
        Origin origin = origins.get(route.origin());
        if (origin != null && !origin.signs()) {
            // the client signed /bucket/key, which to COS, on any host but its own path-style ones, is another key
            problems.add(path + ".addressing", "addressing: path (expected: host, the origin's auth is forward)");
        }
        for (int i = 0; i < routes.size(); i++) {
            MatchConfig other = routes.get(i).match();
            if (other.addressing() == Addressing.HOST && sharesListener(route.match(), other)) {
                checkHosts(route.match(), other, i, path + ".hosts");
            }
        }
    }

    private void checkHosts(MatchConfig match, MatchConfig other, int index, String path) {
        for (String host : match.hosts()) {
            if (other.hosts().stream().anyMatch(theirs -> canBeTheSame(host, theirs))) {
                problems.add(
                        path,
                        "host: " + host + " (expected: one that routes[" + index
                                + "] does not address in another way)");
            }
        }
    }

    private static boolean sharesListener(MatchConfig one, MatchConfig other) {
        return one.listeners().isEmpty()
                || other.listeners().isEmpty()
                || one.listeners().stream().anyMatch(other.listeners()::contains);
    }

    /** A wildcard stands for exactly one label. */
    private static boolean canBeTheSame(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        boolean hasWildcard = a.startsWith("*.") || b.startsWith("*.");
        return a.equals(b) || (hasWildcard && parent(a).equals(parent(b)));
    }

    private static String parent(String host) {
        return host.substring(Math.max(host.indexOf('.'), 0));
    }
}
