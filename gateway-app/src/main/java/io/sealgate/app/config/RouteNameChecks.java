package io.sealgate.app.config;

import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.model.DistinguishedName;
import io.sealgate.tls.TlsConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Warns of names in routes that nothing on the routes' listeners has: hosts without a certificate, issuers without a
 * CA.
 */
final class RouteNameChecks {

    private static final String WILDCARD = "*.";

    private final GatewayConfig config;
    private final Findings findings;

    RouteNameChecks(GatewayConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    void run() {
        for (int i = 0; i < config.routes().size(); i++) {
            RouteConfig route = config.routes().get(i);
            List<ListenerTls> listeners = config.listeners().stream()
                    .filter(listener -> NamelessClients.takes(route, listener))
                    .map(ListenerConfig::tls)
                    .toList();
            List<TlsConfig> terminated = listeners.stream()
                    .filter(ListenerTls.Terminated.class::isInstance)
                    .map(tls -> ((ListenerTls.Terminated) tls).config())
                    .toList();
            if (terminated.isEmpty()) {
                continue;
            }
            if (terminated.size() == listeners.size()) {
                hosts(route.match().hosts(), terminated, Paths.item("routes", i) + ".match.hosts");
            }
            issuers(route.clients().issuers(), terminated, Paths.item("routes", i) + ".clients.issuers");
        }
    }

    /** Addresses are left out: a client that connects to one sends no name. */
    private void hosts(List<String> hosts, List<TlsConfig> listeners, String path) {
        if (hosts.isEmpty()) {
            return;
        }
        Set<String> presented = new HashSet<>();
        listeners.forEach(listener -> presented.addAll(listener.certificateNames()));
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i).toLowerCase(Locale.ROOT);
            boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
            if (!isAddress && presented.stream().noneMatch(name -> meet(name, host))) {
                findings.warn(
                        Paths.item(path, i),
                        "host: " + hosts.get(i) + " (no certificate of the route's listeners has this name)");
            }
        }
    }

    /** Whether one name can stand for the other, or a third for both. */
    private static boolean meet(String name, String host) {
        return name.equals(host)
                || (name.startsWith(WILDCARD) && name.substring(1).equals(parent(host)))
                || (host.startsWith(WILDCARD) && host.substring(1).equals(parent(name)));
    }

    private static String parent(String name) {
        return name.substring(Math.max(name.indexOf('.'), 0));
    }

    /** Compared as the gateway compares them with what clients' certificates say. */
    private void issuers(List<String> issuers, List<TlsConfig> listeners, String path) {
        if (issuers.isEmpty()) {
            return;
        }
        Set<String> authorities = new HashSet<>();
        listeners.forEach(listener -> authorities.addAll(listener.clientAuthorities()));
        for (int i = 0; i < issuers.size(); i++) {
            if (!authorities.contains(DistinguishedName.parse(issuers.get(i)).toString())) {
                findings.warn(
                        Paths.item(path, i),
                        "issuer: " + issuers.get(i)
                                + " (no CA in the bundles of the route's listeners has this name; capitals count)");
            }
        }
    }
}
