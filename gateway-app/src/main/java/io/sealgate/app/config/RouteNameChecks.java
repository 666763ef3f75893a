package io.sealgate.app.config;

import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.model.DistinguishedName;
import io.sealgate.core.request.ListedHost;
import io.sealgate.core.request.Route;
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

    /** @param routes all of the configuration, in its order */
    void run(List<Route> routes) {
        for (int i = 0; i < routes.size(); i++) {
            RouteConfig route = routes.get(i).config();
            names(routes.get(i), Paths.item("routes", i) + ".match.hosts");
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
                hosts(routes.get(i), terminated, Paths.item("routes", i) + ".match.hosts");
            }
            issuers(route.clients().issuers(), terminated, Paths.item("routes", i) + ".clients.issuers");
        }
    }

    private void names(Route route, String path) {
        List<String> hosts = route.config().match().hosts();
        for (int i = 0; i < hosts.size(); i++) {
            ListedHost host = ListedHost.of(hosts.get(i));
            if (!host.isMet() && !host.isOwn(route)) {
                findings.warn(
                        Paths.item(path, i),
                        "host: " + hosts.get(i)
                                + " (can never apply: it is no host name, or one of COS's that is not the bucket's)");
            }
        }
    }

    /** Addresses are left out: a client that connects to one sends no name. */
    private void hosts(Route route, List<TlsConfig> listeners, String path) {
        List<String> hosts = route.config().match().hosts();
        if (hosts.isEmpty()) {
            return;
        }
        Set<String> presented = new HashSet<>();
        listeners.forEach(listener -> presented.addAll(listener.certificateNames()));
        for (int i = 0; i < hosts.size(); i++) {
            String host = hosts.get(i).toLowerCase(Locale.ROOT);
            boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
            boolean applies = ListedHost.of(host).isMet() || ListedHost.of(host).isOwn(route);
            if (!isAddress && applies && presented.stream().noneMatch(name -> meet(name, host))) {
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
