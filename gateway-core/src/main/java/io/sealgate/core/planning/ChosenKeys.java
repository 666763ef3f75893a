package io.sealgate.core.planning;

import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.keys.KeyTemplate;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        return mayHaveStored(own, listener, target, key).anyMatch(route -> !route.equals(own));
    }

    /** All routes that may have stored it so, {@code own} among them; the parameters as above. */
    Stream<Route> mayHaveStored(Route own, String listener, CosTarget target, String key) {
        return keyedRoutes.stream()
                .filter(each -> each.route().bucket().equals(own.bucket())
                        && each.route().region().equals(own.region())
                        && routes.isDirected(each.route(), listener, target)
                        && each.template().mayName(key))
                .map(KeyedRoute::route);
    }
}
