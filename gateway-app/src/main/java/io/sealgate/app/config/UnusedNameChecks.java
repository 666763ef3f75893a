package io.sealgate.app.config;

import io.sealgate.core.config.RouteConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Warns of sections that nothing refers to: they look as if they had an effect, and have none. */
final class UnusedNameChecks {

    private final GatewayConfig config;
    private final Findings findings;
    private final Set<String> policies = new HashSet<>();
    private final Set<String> origins = new HashSet<>();
    private final Set<String> livePolicies = new HashSet<>();
    private final Set<String> liveOrigins = new HashSet<>();
    private final List<RouteConfig> live = new ArrayList<>();

    UnusedNameChecks(GatewayConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    /** @param idle names of routes that can never apply: what only they name has no effect either */
    void run(Set<String> idle) {
        for (RouteConfig route : config.routes()) {
            List<String> named = route.policies() == null ? List.of() : route.policies();
            policies.addAll(named);
            origins.add(route.origin());
            if (!idle.contains(route.name())) {
                livePolicies.addAll(named);
                liveOrigins.add(route.origin());
                live.add(route);
            }
        }
        unused(
                "policies",
                "policy",
                config.policies().stream().map(PolicyConfig::name).toList(),
                policies,
                livePolicies);
        unused(
                "origins",
                "origin",
                config.origins().stream().map(OriginConfig::name).toList(),
                origins,
                liveOrigins);
        listeners();
    }

    private void unused(String section, String what, List<String> names, Set<String> used, Set<String> live) {
        for (int i = 0; i < names.size(); i++) {
            if (!live.contains(names.get(i))) {
                String who = used.contains(names.get(i)) ? "no route that can apply" : "no route";
                findings.warn(Paths.item(section, i) + ".name", what + ": " + names.get(i) + " (" + who + " names it)");
            }
        }
    }

    private void listeners() {
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            if (live.stream().noneMatch(route -> NamelessClients.takes(route, listener))) {
                findings.warn(
                        Paths.item("listeners", i) + ".name",
                        "listener: " + listener.name() + " (no route takes requests of it)");
            }
        }
    }
}
