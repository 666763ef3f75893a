package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.cam.RoutePolicies;
import io.sealgate.core.clients.ClientRule;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig.Addressing;
import io.sealgate.core.model.CosOperation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled row of the routing table. Immutable.
 *
 * @param config     the row as configured
 * @param bucket     bucket of the route's origin
 * @param region     region of the route's origin
 * @param bucketHost the bucket's own COS host, lower case
 * @param path       the compiled path pattern
 * @param clients    who may use it
 * @param operations everything that the route serves at all
 * @param policies   what each client may do within that, or {@code null} if all of it
 */
public record Route(
        RouteConfig config,
        String bucket,
        String region,
        String bucketHost,
        PathPattern path,
        ClientRule clients,
        Set<CosOperation> operations,
        @Nullable RoutePolicies policies) {

    public Route {
        operations = Set.copyOf(operations);
    }

    /** Name for logs and metrics. */
    public String name() {
        return config.name();
    }

    /** From now on the policies as they are at this moment are in force. */
    public void refreshPolicies() {
        if (policies != null) {
            policies.refresh();
        }
    }

    /** Whether clients name the bucket in the path when they speak to the hosts that the configuration lists. */
    public boolean isPathStyle() {
        return config.match().addressing() == Addressing.PATH;
    }

    /** Whether it takes requests from {@code listener}. */
    boolean takesListener(String listener) {
        return config.match().listeners().isEmpty()
                || config.match().listeners().contains(listener);
    }

    /** Whether it takes requests with {@code method}. */
    boolean takesMethod(HttpMethod method) {
        List<String> methods = config.match().methods();
        return methods.isEmpty() || methods.contains(method.name());
    }

    /** Whether the configuration lists {@code host} (lower case, no port), literally or by a wildcard for its first label. */
    public boolean names(String host) {
        List<String> names = config.match().hosts();
        // by index: the iterator that all lists share is compiled for none of them
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.equalsIgnoreCase(host) || isWildcardFor(name, host)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWildcardFor(String name, String host) {
        int dot = host.indexOf('.');
        return dot > 0
                && name.startsWith("*.")
                && name.length() - 1 == host.length() - dot
                && name.regionMatches(true, 1, host, dot, host.length() - dot);
    }
}
