package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.RouteConfig;
import java.util.List;

/**
 * The whole configuration file.
 *
 * @param version    of the format; {@value #VERSION} is the only one
 * @param listeners  where clients connect
 * @param origins    buckets and how to reach them
 * @param policies   what routes may name to say what each client may do
 * @param routes     which request goes where, doing what; the first match wins
 * @param audit      the record of what clients were allowed and denied
 * @param management where operators look
 * @param runtime    how the process uses its machine
 * @param state      what it writes down for the processes after it
 */
public record GatewayConfig(
        Integer version,
        List<ListenerConfig> listeners,
        List<OriginConfig> origins,
        List<PolicyConfig> policies,
        List<RouteConfig> routes,
        AuditConfig audit,
        ManagementConfig management,
        RuntimeConfig runtime,
        StateConfig state) {

    /** The version of the format. */
    public static final int VERSION = 1;

    @SuppressWarnings("NullAway") // absent is what null means in these constructors
    public GatewayConfig {
        version = requireNonNullElse(version, 0);
        listeners = List.copyOf(requireNonNullElse(listeners, List.of()));
        origins = List.copyOf(requireNonNullElse(origins, List.of()));
        policies = List.copyOf(requireNonNullElse(policies, List.of()));
        routes = List.copyOf(requireNonNullElse(routes, List.of()));
        audit = requireNonNullElse(audit, AuditConfig.none());
        management = requireNonNullElse(management, new ManagementConfig(null));
        runtime = requireNonNullElse(runtime, new RuntimeConfig(null, null, null, null));
        state = requireNonNullElse(state, StateConfig.none());
    }
}
