package io.sealgate.app;

import io.sealgate.app.config.CredentialsConfig;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.config.PolicyLibrary;
import io.sealgate.core.clients.FingerprintFiles;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.UploadsConfig.DetectContentType;
import io.sealgate.core.credentials.StaticCredentials;
import io.sealgate.core.planning.RequestPlanner;
import io.sealgate.core.planning.RouteCompiler;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.signing.CosSigner;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.ContentTypeDetector;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.upstream.Origin;
import io.sealgate.integrity.mediatype.TikaDetector;
import java.time.Clock;
import java.util.Map;

/**
 * Makes the planner of a configuration: the same one for a gateway that serves and for one that only explains.
 *
 * @param policies what {@code routes} go by
 */
record PlannerAssembly(RouteTable routes, PolicyLibrary policies, RequestPlanner planner) {

    /**
     * Reads policies and lists, and compiles the routes.
     *
     * @param origins by name, all that are configured
     * @throws OperatorException if something is wrong with a file
     */
    static PlannerAssembly of(
            GatewayConfig config,
            Map<String, Origin> origins,
            FingerprintFiles fingerprints,
            Authorizer authorizer,
            BodyTapFactory taps,
            ReloadListener reloads)
            throws OperatorException {
        Problems problems = new Problems();
        PolicyLibrary policies = PolicyLibrary.load(config, problems, reloads);
        RouteTable routes = RouteCompiler.compile(config.routes(), origins, fingerprints, policies, problems);
        if (!problems.isEmpty()) {
            throw new OperatorException(String.join("; ", problems.lines()));
        }
        return new PlannerAssembly(
                routes, policies, new RequestPlanner(routes, origins, authorizer, taps, detector(config)));
    }

    /** Loaded only where it is needed: it takes half a second. */
    private static ContentTypeDetector detector(GatewayConfig config) {
        return config.routes().stream()
                        .anyMatch(route -> route.uploads().detectContentType() == DetectContentType.VERIFY)
                ? TikaDetector.load()
                : ContentTypeDetector.NONE;
    }

    /** Signs with the gateway's own key. */
    static CosSigner signer(CredentialsConfig credentials) {
        return new CosSigner(new StaticCredentials(credentials.toCos()), Clock.systemUTC());
    }
}
