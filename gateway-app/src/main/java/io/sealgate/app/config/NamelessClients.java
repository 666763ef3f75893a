package io.sealgate.app.config;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which policies are asked about clients that never have a certificate. Variables of the client's in one of these could only
 * deny.
 *
 * @param listeners by the policy's name, a listener that asks for no certificates
 */
record NamelessClients(Map<String, String> listeners) {

    static NamelessClients of(GatewayConfig config) {
        Map<String, String> listeners = new HashMap<>();
        for (RouteConfig route : config.routes()) {
            List<String> policies = route.policies() == null ? List.of() : route.policies();
            for (ListenerConfig listener : config.listeners()) {
                if (takes(route, listener) && !identifies(listener)) {
                    policies.forEach(policy -> listeners.put(policy, listener.name()));
                }
            }
        }
        return new NamelessClients(Map.copyOf(listeners));
    }

    /** Whether clients of {@code listener} may use {@code route}. */
    static boolean takes(RouteConfig route, ListenerConfig listener) {
        List<String> named = route.match().listeners();
        return named.isEmpty() || named.contains(listener.name());
    }

    /** Whether clients of {@code listener} may have a name. */
    static boolean identifies(ListenerConfig listener) {
        return !(listener.tls() instanceof ListenerTls.None)
                && !(listener.tls() instanceof ListenerTls.Terminated terminated
                        && terminated.config().clientAuth() == ClientAuthentication.NONE);
    }

    /** Whether {@code policy} can do its work for all who are asked about; a problem if not. */
    boolean accept(Policy policy, Problems problems, String path) {
        String listener = listeners.get(policy.name());
        String variables = policy.clientVariables();
        if (listener == null || variables.isEmpty()) {
            return true;
        }
        problems.add(
                path,
                "variables: " + variables + " (expected: none of the client's, because listener " + listener
                        + " asks for no client certificates)");
        return false;
    }
}
