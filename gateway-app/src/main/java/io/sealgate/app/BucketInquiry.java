package io.sealgate.app;

import static java.util.Objects.requireNonNullElseGet;

import io.sealgate.app.config.FingerprintLists;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.config.OriginConfig;
import io.sealgate.app.config.PolicyLibrary;
import io.sealgate.app.online.OnlineCheck;
import io.sealgate.core.config.Problems;
import io.sealgate.core.planning.RouteCompiler;
import io.sealgate.core.request.Route;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.upstream.Origin;
import io.sealgate.tls.ReloadingUpstreamTls;
import io.sealgate.tls.TlsMaterialException;
import io.sealgate.tls.UpstreamTlsConfig;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the buckets of a configuration what they say of themselves, the way that the gateway would reach them. Confined to one inquiry. */
public final class BucketInquiry {

    private final GatewayConfig config;
    private final Deque<ReloadingUpstreamTls> opened = new ArrayDeque<>();

    private BucketInquiry(GatewayConfig config) {
        this.config = config;
    }

    /**
     * Asks all of them, one after the other.
     *
     * @throws OperatorException if something is wrong with a file
     */
    public static OnlineCheck.Findings ask(GatewayConfig config) throws OperatorException {
        BucketInquiry inquiry = new BucketInquiry(config);
        try (OnlineCheck check = new OnlineCheck()) {
            return inquiry.ask(check);
        } catch (TlsMaterialException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        } finally {
            inquiry.opened.forEach(ReloadingUpstreamTls::close);
        }
    }

    private OnlineCheck.Findings ask(OnlineCheck check) throws TlsMaterialException, OperatorException {
        Map<String, Origin> origins = origins();
        List<Route> routes = routes(origins);
        int i = 0;
        for (Origin origin : origins.values()) {
            List<Route> own = routes.stream()
                    .filter(route -> route.config().origin().equals(origin.name()))
                    .toList();
            check.ask("origins[" + i++ + ']', origin, own);
        }
        return check.findings();
    }

    /** By name, in the order of the configuration. */
    private Map<String, Origin> origins() throws TlsMaterialException {
        Map<String, Origin> origins = new LinkedHashMap<>();
        for (OriginConfig origin : config.origins()) {
            origins.put(
                    origin.name(),
                    origin.toOrigin(
                            origin.credentials() == null ? null : PlannerAssembly.signer(origin.credentials()),
                            origin.endpointOrDefault().secure() ? security(origin) : null));
        }
        return origins;
    }

    private ReloadingUpstreamTls security(OriginConfig origin) throws TlsMaterialException {
        ReloadingUpstreamTls security = ReloadingUpstreamTls.open(
                origin.name(), requireNonNullElseGet(origin.tls(), UpstreamTlsConfig::defaults), ReloadListener.NONE);
        opened.push(security);
        return security;
    }

    private List<Route> routes(Map<String, Origin> origins) throws OperatorException {
        Problems problems = new Problems();
        PolicyLibrary policies = PolicyLibrary.load(config, problems, ReloadListener.NONE);
        List<Route> routes = RouteCompiler.compile(config.routes(), origins, new FingerprintLists(), policies, problems)
                .routes();
        if (!problems.isEmpty()) {
            throw new OperatorException(String.join("; ", problems.lines()));
        }
        return routes;
    }
}
