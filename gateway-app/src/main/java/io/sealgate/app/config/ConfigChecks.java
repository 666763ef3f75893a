package io.sealgate.app.config;

import io.sealgate.core.config.RouteConfig;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold between the sections of a configuration. Each section's own checks are beside this one. */
final class ConfigChecks {

    private final GatewayConfig config;
    private final Findings findings;

    ConfigChecks(GatewayConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    void run() {
        version();
        atLeastOne("listeners", config.listeners());
        atLeastOne("origins", config.origins());
        atLeastOne("routes", config.routes());
        findings.names(
                "listeners",
                config.listeners().stream().map(ListenerConfig::name).toList());
        findings.names(
                "origins", config.origins().stream().map(OriginConfig::name).toList());
        findings.names(
                "policies", config.policies().stream().map(PolicyConfig::name).toList());
        findings.plain("routes", config.routes().stream().map(RouteConfig::name).toList());
        new ListenerChecks(findings, config.state()).run(config.listeners());
        new OriginChecks(findings).run(config.origins());
        new RouteChecks(config, findings).run();
        config.runtime().check(findings.problems(), "runtime");
        config.audit().check(findings.problems(), "audit");
        addresses();
        management();
    }

    private void version() {
        if (config.version() == 0) {
            findings.missing("version", String.valueOf(GatewayConfig.VERSION));
        } else if (config.version() != GatewayConfig.VERSION) {
            findings.problem("version", "version: " + config.version() + " (expected: " + GatewayConfig.VERSION + ")");
        }
    }

    private void atLeastOne(String section, List<?> items) {
        if (items.isEmpty()) {
            findings.missing(section, "at least one");
        }
    }

    /** Two binds of one address would only fail at start, and then with less to say. */
    private void addresses() {
        Map<SocketAddress, String> taken = new HashMap<>();
        for (int i = 0; i < config.listeners().size(); i++) {
            claim(
                    taken,
                    Paths.item("listeners", i) + ".bind",
                    config.listeners().get(i).bind());
        }
        claim(taken, "management.bind", config.management().bind());
    }

    private void claim(Map<SocketAddress, String> taken, String path, ListenAddress bind) {
        if (bind.address() instanceof InetSocketAddress address && address.getPort() == 0) {
            return;
        }
        String other = taken.putIfAbsent(bind.address(), path);
        if (other != null) {
            findings.problem(path, "bind: " + bind + " (expected: not the address of " + other + ")");
        }
    }

    private void management() {
        BindAddress bind = config.management().bind();
        if (!bind.isLoopback()) {
            findings.warn(
                    "management.bind",
                    "bind: " + bind + " (metrics and masked configuration are open to whoever reaches this address)");
        }
    }
}
