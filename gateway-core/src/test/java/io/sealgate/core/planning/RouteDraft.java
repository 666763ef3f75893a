package io.sealgate.core.planning;

import io.sealgate.core.config.ClientsConfig;
import io.sealgate.core.config.ClientsConfig.Anonymous;
import io.sealgate.core.config.ClientsConfig.FingerprintsConfig;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.RouteConfig.MatchConfig;
import io.sealgate.core.config.UploadsConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route in the making: everybody with a certificate, on every host and listener, until it is said otherwise.
 * Immutable.
 */
record RouteDraft(
        String name,
        MatchConfig match,
        ClientsConfig clients,
        String origin,
        @Nullable List<String> policies) {

    static RouteDraft at(String name, String path) {
        return new RouteDraft(name, match(List.of(), path), ClientsConfig.of(Anonymous.DENY), "cos", null);
    }

    private static MatchConfig match(List<String> hosts, String path) {
        return new MatchConfig(List.of(), hosts, null, path, List.of());
    }

    RouteDraft host(String host) {
        return match(
                new MatchConfig(match.listeners(), List.of(host), match.addressing(), match.path(), match.methods()));
    }

    RouteDraft listener(String listener) {
        return match(
                new MatchConfig(List.of(listener), match.hosts(), match.addressing(), match.path(), match.methods()));
    }

    RouteDraft methods(String... methods) {
        return match(
                new MatchConfig(match.listeners(), match.hosts(), match.addressing(), match.path(), List.of(methods)));
    }

    private RouteDraft match(MatchConfig other) {
        return new RouteDraft(name, other, clients, origin, policies);
    }

    /** Only clients with a DNS name that no test client has. */
    RouteDraft forAdmins() {
        ClientsConfig admins = new ClientsConfig(
                Anonymous.DENY, List.of(), List.of("admin.example"), List.of(), "", new FingerprintsConfig(null, null));
        return new RouteDraft(name, match, admins, origin, policies);
    }

    /** Only clients on a list. */
    RouteDraft forListed(String file) {
        ClientsConfig listed = new ClientsConfig(
                Anonymous.DENY, List.of(), List.of(), List.of(), "", new FingerprintsConfig(Path.of(file), null));
        return new RouteDraft(name, match, listed, origin, policies);
    }

    RouteDraft origin(String other) {
        return new RouteDraft(name, match, clients, other, policies);
    }

    RouteDraft policies(String... names) {
        return new RouteDraft(name, match, clients, origin, List.of(names));
    }

    RouteConfig serving(String... operations) {
        return new RouteConfig(
                name,
                match,
                clients,
                origin,
                null,
                List.of(operations),
                policies,
                null,
                IntegrityConfig.defaults(),
                EncryptionConfig.none(),
                UploadsConfig.none(),
                null);
    }
}
