package io.sealgate.core.planning;

import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.keys.KeyTemplate;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes that choose the keys of their objects. Such an object is stored under a key that no request asked for, and
 * so by another route than the one that an upload of that key would meet. Immutable and thread-safe.
 */
final class ChosenKeys {

    private final RouteTable routes;
    private final List<KeyedRoute> keyedRoutes;

    private record KeyedRoute(Route route, KeyTemplate template) {}

    private ChosenKeys(RouteTable routes, List<KeyedRoute> keyedRoutes) {
        this.routes = routes;
        this.keyedRoutes = List.copyOf(keyedRoutes);
    }

    static ChosenKeys of(RouteTable routes) {
        List<KeyedRoute> keyedRoutes = new ArrayList<>();
        for (Route route : routes.routes()) {
            KeysConfig keys = route.config().keys();
            if (keys != null) {
                keyedRoutes.add(new KeyedRoute(route, KeyTemplate.of(keys)));
            }
        }
        return new ChosenKeys(routes, keyedRoutes);
    }

    /**
     * Whether a route other than {@code own} may have stored {@code key}, for whichever client, in the bucket of {@code
     * own}.
     *
     * @param target of a request on {@code listener}; routes that do not take its listener and host are left out
     */
    boolean mayBeOfOther(Route own, String listener, CosTarget target, String key) {
        for (KeyedRoute each : keyedRoutes) {
            Route other = each.route();
            boolean isOther = !other.equals(own)
                    && other.bucket().equals(own.bucket())
                    && other.region().equals(own.region())
                    && routes.isDirected(other, listener, target);
            if (isOther && each.template().mayName(key)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code route} may have stored {@code key}, for whichever client, under a key that it has chosen. */
    boolean mayBeOf(Route route, String key) {
        return keyedRoutes.stream()
                .anyMatch(each -> each.route().equals(route) && each.template().mayName(key));
    }
}
