package io.sealgate.app.config;

import io.sealgate.app.config.OriginConfig.Auth;
import io.sealgate.core.config.ClientsConfig.Anonymous;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.Mode;
import io.sealgate.core.config.EncryptionConfig.WhenClientSends;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.planning.RouteCompiler;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.upstream.Origin;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What must hold between routes, listeners and origins. What a route must be by itself, its compiler says. */
final class RouteChecks {

    private final GatewayConfig config;
    private final Findings findings;

    RouteChecks(GatewayConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    void run() {
        PolicyLibrary policies = PolicyLibrary.load(config, findings.problems(), ReloadListener.NONE);
        RouteTable routes = RouteCompiler.compile(
                config.routes(), origins(), new FingerprintLists(), policies, findings.problems());
        for (int i = 0; i < config.routes().size(); i++) {
            String path = Paths.item("routes", i);
            listeners(config.routes().get(i), path + ".match.listeners");
            anonymous(config.routes().get(i), path + ".clients.anonymous");
            encryption(config.routes().get(i).encryption(), path + ".encryption.when-client-sends");
        }
        new PolicyAdviceChecks(config, findings).run(policies, routes);
        if (findings.problems().isEmpty()) {
            advise(routes);
        }
    }

    /** Of a configuration that works, what can have no effect. */
    private void advise(RouteTable routes) {
        List<String> listeners =
                config.listeners().stream().map(ListenerConfig::name).toList();
        Set<String> forwarding = config.origins().stream()
                .filter(origin -> origin.auth() == Auth.FORWARD)
                .map(OriginConfig::name)
                .collect(Collectors.toSet());
        RouteReach reach = new RouteReach(listeners, forwarding);
        Set<String> idle = new RouteCoverageChecks(reach, findings).run(routes.routes());
        new RouteDetourChecks(reach, routes.routes(), findings).run(idle);
        new RouteNameChecks(config, findings).run(routes.routes());
        new UnusedNameChecks(config, findings).run(idle);
    }

    /** The origins as the compiler wants to know them; nothing is ever signed or dialled with these. */
    private Map<String, Origin> origins() {
        Map<String, Origin> origins = new LinkedHashMap<>();
        for (OriginConfig origin : config.origins()) {
            boolean signs = origin.auth() == Auth.SIGN;
            origins.put(origin.name(), origin.toOrigin(signs ? (method, path, query, headers) -> {} : null, null));
        }
        return origins;
    }

    private void listeners(RouteConfig route, String path) {
        List<String> known =
                config.listeners().stream().map(ListenerConfig::name).toList();
        List<String> named = route.match().listeners();
        for (int i = 0; i < named.size(); i++) {
            if (!known.contains(named.get(i))) {
                findings.problem(
                        Paths.item(path, i), "listener: " + named.get(i) + " (expected: the name of a listener)");
            }
        }
    }

    private void anonymous(RouteConfig route, String path) {
        List<ListenerConfig> listeners = config.listeners().stream()
                .filter(listener -> route.match().listeners().isEmpty()
                        || route.match().listeners().contains(listener.name()))
                .toList();
        boolean denied = route.clients().anonymous() == Anonymous.DENY;
        if (denied && !listeners.isEmpty() && listeners.stream().noneMatch(NamelessClients::identifies)) {
            findings.problem(
                    path,
                    "anonymous: deny (expected: allow, or a listener that asks for client certificates; "
                            + "as it stands nobody can use the route)");
        }
        if (!denied && signs(route) && listeners.stream().anyMatch(RouteChecks::admitsAnonymous)) {
            findings.warn(path, "anonymous: allow (clients without a certificate act with the gateway's key)");
        }
    }

    private void encryption(EncryptionConfig encryption, String path) {
        if (encryption.whenClientSends() == WhenClientSends.REPLACE && encryption.mode() == Mode.NONE) {
            findings.warn(
                    path,
                    "when-client-sends: replace (with mode none: what clients say of encryption is dropped, "
                            + "and objects have the bucket's default or none)");
        }
    }

    private boolean signs(RouteConfig route) {
        return config.origins().stream()
                .anyMatch(origin -> origin.name().equals(route.origin()) && origin.auth() == Auth.SIGN);
    }

    private static boolean admitsAnonymous(ListenerConfig listener) {
        return listener.tls() instanceof ListenerTls.None || clientAuth(listener) != ClientAuthentication.REQUIRE;
    }

    private static @Nullable ClientAuthentication clientAuth(ListenerConfig listener) {
        return listener.tls() instanceof ListenerTls.Terminated terminated
                ? terminated.config().clientAuth()
                : null;
    }
}
