package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * For each route of a table, the earlier routes that take some of its keys. Computed once, so that a listing looks at
 * no others. Immutable.
 */
final class EarlierRoutes {

    private final List<Route> routes;

    /** For each route, by identity: a record with lists is slow to hash. */
    private final IdentityHashMap<Route, BitSet> overlapping;

    /** For each route in order, the earlier ones that cover its whole path. */
    private final List<BitSet> covering;

    private EarlierRoutes(List<Route> routes, IdentityHashMap<Route, BitSet> overlapping, List<BitSet> covering) {
        this.routes = routes;
        this.overlapping = overlapping;
        this.covering = covering;
    }

    static EarlierRoutes of(List<Route> routes) {
        IdentityHashMap<Route, BitSet> overlapping = new IdentityHashMap<>();
        List<BitSet> covering = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            BitSet overlaps = new BitSet(i);
            BitSet covers = new BitSet(i);
            for (int j = 0; j < i; j++) {
                Route other = routes.get(j);
                if (other.takesMethod(HttpMethod.GET) && isOfSameBucket(route, other)) {
                    boolean isCovered = other.path().coversAllOf(route.path());
                    covers.set(j, isCovered);
                    overlaps.set(j, isCovered || route.path().coversAllOf(other.path()));
                }
            }
            overlapping.put(route, overlaps);
            covering.add(covers);
        }
        return new EarlierRoutes(routes, overlapping, covering);
    }

    private static boolean isOfSameBucket(Route one, Route other) {
        return one.bucket().equals(other.bucket()) && one.region().equals(other.region());
    }

    /**
     * The routes before {@code route} that can be met, in order: those which {@code takes} accepts and whose path is
     * not wholly that of an earlier one.
     */
    List<Route> before(Route route, Predicate<Route> takes) {
        BitSet candidates = overlapping.get(route);
        if (candidates == null) {
            throw new IllegalArgumentException("route: " + route.name() + " (expected: one of the table's own)");
        }
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<Route> found = new ArrayList<>();
        BitSet met = new BitSet(routes.size());
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            if (takes.test(routes.get(i)) && !covering.get(i).intersects(met)) {
                met.set(i);
                found.add(routes.get(i));
            }
        }
        return found;
    }
}
