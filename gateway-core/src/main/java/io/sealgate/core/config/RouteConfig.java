package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the routing table: which requests, to which origin, doing what, how.
 *
 * @param name       for logs and metrics
 * @param match      which requests
 * @param clients    who may use it
 * @param origin     name of the origin
 * @param identity   what the origin learns about the client
 * @param operations names of operations or groups ({@code read, write, copy, delete, list, tagging, acl, all}): what the route serves at all
 * @param policies   names of policies, which say what each client may do within that; absent means all of it
 * @param policy     what else there is to say about policies
 * @param integrity  what is verified
 * @param encryption what is injected
 * @param uploads    what is asked of uploads, and added to them
 * @param keys       how the gateway names what is uploaded; absent means as the client says
 */
public record RouteConfig(
        String name,
        MatchConfig match,
        ClientsConfig clients,
        String origin,
        IdentityConfig identity,
        List<String> operations,
        @Nullable List<String> policies,
        DenialsConfig policy,
        IntegrityConfig integrity,
        EncryptionConfig encryption,
        UploadsConfig uploads,
        @Nullable KeysConfig keys) {

    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public RouteConfig {
        name = requireNonNullElse(name, "");
        match = requireNonNullElse(match, new MatchConfig(null, null, null, null, null));
        clients = requireNonNullElse(clients, ClientsConfig.of(null));
        origin = requireNonNullElse(origin, "");
        identity = requireNonNullElse(identity, IdentityConfig.none());
        operations = List.copyOf(requireNonNullElse(operations, List.of()));
        policies = policies == null ? null : List.copyOf(policies);
        policy = requireNonNullElse(policy, new DenialsConfig(null));
        integrity = requireNonNullElse(integrity, IntegrityConfig.defaults());
        encryption = requireNonNullElse(encryption, EncryptionConfig.none());
        uploads = requireNonNullElse(uploads, UploadsConfig.none());
    }

    /**
     * Which requests a route takes. An empty list does not narrow.
     *
     * @param listeners names of listeners
     * @param hosts     host names, {@code *.} wildcards allowed; the origin bucket's own COS host always matches
     * @param addressing where clients name the bucket when they speak to {@code hosts}
     * @param path      {@code /exact}, {@code /prefix/**} or {@code /**}, compared with the decoded key
     * @param methods   HTTP methods
     */
    public record MatchConfig(
            List<String> listeners, List<String> hosts, Addressing addressing, String path, List<String> methods) {
        public MatchConfig {
            listeners = List.copyOf(requireNonNullElse(listeners, List.of()));
            hosts = List.copyOf(requireNonNullElse(hosts, List.of()));
            addressing = requireNonNullElse(addressing, Addressing.HOST);
            path = requireNonNullElse(path, "/**");
            methods = List.copyOf(requireNonNullElse(methods, List.of()));
        }

        /** Where a client names the bucket. */
        public enum Addressing {
            /** By the host, or not at all: the whole path is the key. */
            HOST,
            /** In the path: its first segment is the bucket, the rest the key. */
            PATH
        }
    }

    /**
     * What clients learn when they are denied something.
     *
     * @param reveal whether they learn why
     */
    public record DenialsConfig(Boolean reveal) {
        public DenialsConfig {
            reveal = requireNonNullElse(reveal, false);
        }
    }
}
