package io.sealgate.app.config;

import io.sealgate.core.config.RouteConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Warns of sections that nothing refers to: they look as if they had an effect, and have none. */
final class UnusedNameChecks {

    private final GatewayConfig config;
    private final Findings findings;

    UnusedNameChecks(GatewayConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    void run() {
        Set<String> policies = new HashSet<>();
        Set<String> origins = new HashSet<>();
        for (RouteConfig route : config.routes()) {
            policies.addAll(route.policies() == null ? List.of() : route.policies());
            origins.add(route.origin());
        }
        unused(
                "policies",
                "policy",
                config.policies().stream().map(PolicyConfig::name).toList(),
                policies);
        unused(
                "origins",
                "origin",
                config.origins().stream().map(OriginConfig::name).toList(),
                origins);
        listeners();
    }

    private void unused(String section, String what, List<String> names, Set<String> used) {
        for (int i = 0; i < names.size(); i++) {
            if (!used.contains(names.get(i))) {
                findings.warn(Paths.item(section, i) + ".name", what + ": " + names.get(i) + " (no route names it)");
            }
        }
    }

    private void listeners() {
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig listener = config.listeners().get(i);
            if (config.routes().stream().noneMatch(route -> NamelessClients.takes(route, listener))) {
                findings.warn(
                        Paths.item("listeners", i) + ".name",
                        "listener: " + listener.name() + " (no route takes requests of it)");
            }
        }
    }
}
