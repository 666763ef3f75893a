package io.sealgate.core.cam;

import java.util.List;
import java.util.function.Supplier;

/** The policies that are in force on one route. Thread-safe; compiled anew as a whole. */
public final class RoutePolicies {

    private final List<Supplier<Policy>> sources;
    private final String bucket;
    private final String region;
    private final String route;
    private volatile PolicySet current;

    /** Compiles what {@code sources} supply now. */
    public RoutePolicies(List<Supplier<Policy>> sources, String bucket, String region, String route) {
        this.sources = List.copyOf(sources);
        this.bucket = bucket;
        this.region = region;
        this.route = route;
        this.current = compile();
    }

    /** What is in force now. */
    public PolicySet current() {
        return current;
    }

    /** From now on what {@code sources} supply at this moment is in force. */
    public void refresh() {
        current = compile();
    }

    private PolicySet compile() {
        return PolicySet.compile(sources.stream().map(Supplier::get).toList(), bucket, region, route);
    }
}
