package io.sealgate.core.planning;

import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.keys.KeyTemplate;
import io.sealgate.core.labels.UploadLabels;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.CosTargetParser;
import io.sealgate.core.request.Judged;
import io.sealgate.core.request.KeyReadings;
import io.sealgate.core.request.OperationResolver;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.request.TargetReadings;
import io.sealgate.core.rewrite.EncryptionRule;
import io.sealgate.core.rewrite.IdentityHeaders;
import io.sealgate.core.rewrite.RequestHeaderRules;
import io.sealgate.core.rewrite.UploadRules;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.ContentTypeDetector;
import io.sealgate.core.upstream.Origin;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * From a request head to a plan: target, operation, route, permission, rewriting, in this order, each a plain
 * function. Makes no I/O. Where a target can be read in more than one way, all of them must meet the same route and
 * be permitted. Whatever goes wrong unexpectedly is answered 500 and goes nowhere. Immutable and thread-safe.
 */
public final class RequestPlanner {

    private static final Logger LOG = LogManager.getLogger(RequestPlanner.class);

    private final RouteTable routes;
    private final IdentityHashMap<Route, Destination> destinations;
    private final SecondResources secondResources;
    private final BodyTapFactory taps;

    /**
     * @param origins  by name; every route's origin must be there
     * @param detector asked for routes that want to know what objects are
     * @throws IllegalArgumentException if a route's origin is unknown
     */
    public RequestPlanner(
            RouteTable routes,
            Map<String, Origin> origins,
            Authorizer authorizer,
            BodyTapFactory taps,
            ContentTypeDetector detector) {
        this.routes = routes;
        this.destinations = destinations(routes, origins, detector);
        this.secondResources = new SecondResources(routes, authorizer, ChosenKeys.of(routes));
        this.taps = taps;
    }

    /** What to do about a request. Never throws. */
    public Plan plan(ConnectionContext connection, RequestHead head) {
        try {
            return CosTargetParser.parse(head, host -> routes.isPathStyle(connection.listener(), host))
                    .fold(target -> plan(connection, head, target), error -> new Plan.Reply(null, null, error));
        } catch (RuntimeException e) {
            LOG.error("Planning failed, request refused: id={}", head.id(), e);
            return new Plan.Reply(null, null, failure());
        }
    }

    private Plan plan(ConnectionContext connection, RequestHead head, CosTarget target) {
        return OperationResolver.resolve(head.method(), target, head.headers())
                .fold(
                        operation -> plan(connection, head, target, operation),
                        error -> new Plan.Reply(null, null, error));
    }

    private Plan plan(ConnectionContext connection, RequestHead head, CosTarget target, CosOperation operation) {
        return route(connection, head, target, operation)
                .fold(
                        route -> plan(Errand.of(connection, head, target, operation, route)),
                        error -> new Plan.Reply(null, operation, unrouted(connection, head, target, operation, error)));
    }

    private Plan plan(Errand errand) {
        Destination destination = destination(errand.route());
        return errand.otherReadings(destination.origin())
                .fold(
                        others -> areRoutedAlike(errand, others)
                                ? new RoutePlanner(errand, destination, secondResources, taps).plan()
                                : errand.reply(KeyReadings.ambiguous()),
                        errand::reply);
    }

    /**
     * A reader behind the gateway may understand any of these, and the rules of one route say nothing about keys of
     * another.
     */
    private boolean areRoutedAlike(Errand errand, List<CosTarget> others) {
        for (CosTarget other : others) {
            boolean isAlike = route(errand.connection(), errand.head(), other, errand.operation())
                    .fold(errand.route()::equals, error -> false);
            if (!isAlike) {
                return false;
            }
        }
        return true;
    }

    /** Why there is no route for any reading of a target, or that there is one for some. */
    private GatewayError unrouted(
            ConnectionContext connection,
            RequestHead head,
            CosTarget target,
            CosOperation operation,
            GatewayError noRoute) {
        return TargetReadings.others(target, head, true)
                .fold(
                        others -> others.stream().anyMatch(other -> route(connection, head, other, operation)
                                        .fold(route -> true, error -> false))
                                ? KeyReadings.ambiguous()
                                : noRoute,
                        error -> noRoute);
    }

    private Judged<Route> route(
            ConnectionContext connection, RequestHead head, CosTarget target, CosOperation operation) {
        return routes.match(connection.listener(), head.method(), operation, target);
    }

    static GatewayError failure() {
        return new GatewayError.Internal("The gateway could not process this request.");
    }

    private Destination destination(Route route) {
        Destination destination = destinations.get(route);
        if (destination == null) {
            throw new IllegalStateException("route: " + route.name() + " (expected: one of the table's own)");
        }
        return destination;
    }

    private static IdentityHashMap<Route, Destination> destinations(
            RouteTable routes, Map<String, Origin> origins, ContentTypeDetector detector) {
        // by identity: a route is its place in the table, and hashing a whole configuration record per request is waste
        IdentityHashMap<Route, Destination> destinations = new IdentityHashMap<>();
        SecureRandom random = new SecureRandom(); // from the system, which does not block
        for (Route route : routes.routes()) {
            Origin origin = origins.get(route.config().origin());
            if (origin == null) {
                throw new IllegalArgumentException(
                        "origin: " + route.config().origin() + " (expected: one of " + origins.keySet() + ")");
            }
            IdentityHeaders identity = IdentityHeaders.of(route.config().identity());
            UploadRules uploads = new UploadRules(
                    route.config().uploads(), detector, route.config().policy().reveal());
            destinations.put(
                    route,
                    new Destination(
                            origin,
                            rules(route, origin),
                            identity,
                            uploads,
                            UploadLabels.of(route.config().uploads()),
                            keys(route, random)));
        }
        return destinations;
    }

    private static @Nullable KeyRule keys(Route route, SecureRandom random) {
        KeysConfig keys = route.config().keys();
        return keys == null ? null : new KeyRule(KeyTemplate.of(keys), random, InstantSource.system());
    }

    private static RequestHeaderRules rules(Route route, Origin origin) {
        if (!origin.signs()) {
            return RequestHeaderRules.forwarding(route.operations());
        }
        EncryptionRule encryption = new EncryptionRule(route.config().encryption());
        return RequestHeaderRules.signing(origin.host(), route.operations(), encryption);
    }
}
