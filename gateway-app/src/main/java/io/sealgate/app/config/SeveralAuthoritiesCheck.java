package io.sealgate.app.config;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicyAdvice;
import io.sealgate.core.cam.Variable;
import io.sealgate.core.config.ClientsConfig;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.keys.KeyTemplate;
import io.sealgate.core.labels.UploadLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Warns of a route that goes by clients' names without saying whose, where several CAs can issue them. */
final class SeveralAuthoritiesCheck {

    private SeveralAuthoritiesCheck() {}

    /**
     * @param policies that the route names
     * @param path     of the route's issuers
     */
    static void run(GatewayConfig config, RouteConfig route, List<Policy> policies, Findings findings, String path) {
        List<String> goingByNames = goingByNames(route, policies);
        if (goingByNames.isEmpty() || !route.clients().issuers().isEmpty()) {
            return;
        }
        int authorities = authorities(config, route);
        if (authorities > 1) {
            findings.warn(
                    path,
                    PolicyAdvice.NAME_OF_SEVERAL_CAS.about(
                            "issuers",
                            "none, with clients' names in " + String.join(", ", goingByNames) + " and " + authorities
                                    + " CAs trusted"));
        }
    }

    /** What of a route goes by names. */
    private static List<String> goingByNames(RouteConfig route, List<Policy> policies) {
        List<String> places = new ArrayList<>();
        ClientsConfig clients = route.clients();
        if (!clients.sanDns().isEmpty()) {
            places.add("clients.san-dns");
        }
        if (!clients.sanUri().isEmpty()) {
            places.add("clients.san-uri");
        }
        if (!clients.spiffe().isEmpty()) {
            places.add("clients.spiffe");
        }
        if (route.keys() != null
                && Variable.areNamesAlone(KeyTemplate.of(route.keys()).clientVariables())) {
            places.add("keys.template");
        }
        if (Variable.areNamesAlone(UploadLabels.of(route.uploads()).clientVariables())) {
            places.add("uploads");
        }
        policies.stream()
                .filter(Policy::goesByNamesAlone)
                .map(policy -> "policy " + policy.name())
                .forEach(places::add);
        return places;
    }

    /** How many CAs clients of the route may have their certificates from. */
    private static int authorities(GatewayConfig config, RouteConfig route) {
        Set<?> authorities = config.listeners().stream()
                .filter(listener -> NamelessClients.takes(route, listener))
                .map(ListenerConfig::tls)
                .filter(ListenerTls.Terminated.class::isInstance)
                .flatMap(tls -> ((ListenerTls.Terminated) tls).config().clientAuthorities().stream())
                .collect(Collectors.toUnmodifiableSet());
        return authorities.size();
    }
}
