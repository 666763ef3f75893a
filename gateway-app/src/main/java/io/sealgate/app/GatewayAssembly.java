package io.sealgate.app;

import static java.util.Objects.requireNonNullElseGet;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sealgate.app.config.AuditConfig;
import io.sealgate.app.config.BindAddress;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.config.ListenerConfig;
import io.sealgate.app.config.ListenerTls;
import io.sealgate.app.config.OriginConfig;
import io.sealgate.app.config.PolicyLibrary;
import io.sealgate.app.management.ManagementPages;
import io.sealgate.app.management.ManagementServer;
import io.sealgate.app.management.Readiness;
import io.sealgate.core.clients.FingerprintFiles;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.load.ProcessLoad;
import io.sealgate.core.observe.AccessLog;
import io.sealgate.core.observe.AuditLog;
import io.sealgate.core.observe.ConnectionLog;
import io.sealgate.core.observe.GatewayMetrics;
import io.sealgate.core.observe.OverloadLog;
import io.sealgate.core.observe.ReloadLog;
import io.sealgate.core.observe.RevocationLog;
import io.sealgate.core.planning.RequestPlanner;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.server.Ending;
import io.sealgate.core.server.GatewayOptions;
import io.sealgate.core.server.GatewayServer;
import io.sealgate.core.server.Listener;
import io.sealgate.core.server.Transports;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.ChunkSigners;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.DecisionListener;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.core.upstream.Origin;
import io.sealgate.integrity.AppendLedger;
import io.sealgate.integrity.IntegrityTaps;
import io.sealgate.integrity.PartLedger;
import io.sealgate.integrity.crc64.Crc64Kernel;
import io.sealgate.tls.ExpiryNoticeConfig;
import io.sealgate.tls.ReloadingTls;
import io.sealgate.tls.ReloadingUpstreamTls;
import io.sealgate.tls.TlsConfig;
import io.sealgate.tls.TlsMaterialException;
import io.sealgate.tls.UpstreamTlsConfig;
import io.sealgate.tls.fetch.FetchThreads;
import io.sealgate.tls.fetch.NameResolver;
import io.sealgate.tls.fetch.Outside;
import io.sealgate.tls.revocation.CrlIssuerStore;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a running gateway of a configuration: one constructor call after the other, in the order in which the parts
 * need each other. Sockets come last, so that whatever can fail has failed before; what was opened by then is closed
 * again. Confined to one start.
 */
public final class GatewayAssembly {

    private final GatewayConfig config;
    private final ProcessRoom room;
    private final Deque<Runnable> resources = new ArrayDeque<>();
    private final Map<String, ReloadingTls> listenerTls = new LinkedHashMap<>();
    private final List<Runnable> watched = new ArrayList<>();
    private @Nullable Outside outside;
    private @Nullable CrlIssuerStore crlIssuers;

    private GatewayAssembly(GatewayConfig config, ProcessRoom room) {
        this.config = config;
        this.room = room;
    }

    /**
     * Starts everything.
     *
     * @throws OperatorException if something outside the program is in the way, a port in use for instance
     */
    public static RunningGateway start(GatewayConfig config) throws OperatorException {
        return start(config, ProcessRoom.ofThisProcess(limits(config)));
    }

    /**
     * Starts everything.
     *
     * @param room bounds on what the gateway holds for all clients
     * @throws OperatorException as above
     */
    public static RunningGateway start(GatewayConfig config, ProcessRoom room) throws OperatorException {
        GatewayAssembly assembly = new GatewayAssembly(config, room);
        try {
            return assembly.assemble();
        } catch (IOException | TlsMaterialException e) {
            assembly.release();
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        } catch (OperatorException | RuntimeException e) {
            assembly.release();
            throw e;
        }
    }

    private RunningGateway assemble() throws IOException, TlsMaterialException, OperatorException {
        KernelStart kernel = KernelStart.begin(config.runtime().crc64Kernel());
        PrometheusMeterRegistry registry = registry();
        GatewayMetrics metrics = new GatewayMetrics(registry);
        AccessLog accessLog = new AccessLog();
        resources.push(accessLog::close);
        ProcessLoad load = ProcessLoad.of(room.capacity(), new OverloadLog(metrics));
        AuditLog audit = audit(metrics);
        Readiness readiness = new Readiness(
                load::isOverloaded, () -> audit != null && config.audit().required() && audit.isIncomplete());
        ConnectionListener connections = new ConnectionLog(metrics);
        ReloadListener reloads = new ReloadLog(metrics);
        WatchedFingerprints fingerprints = new WatchedFingerprints(reloads);
        outside = outside(new RevocationLog(metrics));
        crlIssuers = config.state().open();
        List<Listener> listeners = listeners(connections, reloads, metrics);
        Crc64Kernel crc64 = kernel.await(metrics);
        BodyTapFactory taps = new IntegrityTaps(
                crc64,
                ChunkSigners.none(),
                PartLedger.inMemory(room.parts()),
                AppendLedger.inMemory(room.appends(), ProcessRoom.APPENDS_REMEMBERED_FOR));
        GatewayOptions options = new GatewayOptions(
                listeners,
                planner(taps, fingerprints, audit == null ? DecisionListener.NONE : audit, reloads, metrics),
                taps,
                report -> {
                    metrics.finished(report);
                    accessLog.finished(report);
                },
                connections,
                load,
                InstantSource.system(),
                config.runtime().eventLoops().count(),
                transport());
        ManagementServer management = management(registry, readiness, () -> VersionInfo.text(crc64.name()));
        GatewayServer server = GatewayServer.start(options);
        watched.add(fingerprints::refresh);
        // One task for each listener: one that fails must not keep the others from being refreshed.
        listenerTls.forEach((name, tls) -> watched.add(() -> refresh(name, tls, server, metrics)));
        MaterialKeeper keeper = MaterialKeeper.start(config.runtime().watchInterval(), List.copyOf(watched));
        resources.push(keeper::close);
        readiness.ready();
        return new RunningGateway(server, readiness, management, List.copyOf(resources));
    }

    private @Nullable AuditLog audit(GatewayMetrics metrics) {
        if (config.audit().decisions() == AuditConfig.Decisions.NONE) {
            return null;
        }
        AuditLog audit = new AuditLog(metrics.auditLost());
        resources.push(audit::close);
        return audit;
    }

    private PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        resources.push(registry::close);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }

    private static List<LimitsConfig> limits(GatewayConfig config) {
        return config.listeners().stream().map(ListenerConfig::limits).toList();
    }

    private List<Listener> listeners(ConnectionListener connections, ReloadListener reloads, GatewayMetrics metrics)
            throws TlsMaterialException {
        long origins = config.origins().stream()
                .mapToLong(origin -> origin.pool().connections())
                .sum();
        FileBudget files = FileBudget.ofThisProcess(origins, limits(config));
        List<Listener> listeners = new ArrayList<>();
        for (ListenerConfig listener : config.listeners()) {
            listeners.add(listener(listener, files, connections, reloads, metrics));
        }
        return listeners;
    }

    private Listener listener(
            ListenerConfig listener,
            FileBudget files,
            ConnectionListener connections,
            ReloadListener reloads,
            GatewayMetrics metrics)
            throws TlsMaterialException {
        List<String> protocols = listener.protocols().stream()
                .map(ListenerConfig.Protocol::toString)
                .toList();
        ReloadingTls security = null;
        Ending ending = Ending.AT_ONCE;
        Duration notice = null;
        if (listener.tls() instanceof ListenerTls.Terminated tls) {
            security = security(tls.config(), listener, protocols, connections, reloads);
            listenerTls.put(listener.name(), security);
            report(listener.name(), security, metrics);
            ending = new Ending(tls.config().patience());
            ExpiryNoticeConfig expiry = tls.config().expiryNotice();
            notice = expiry == null ? null : expiry.within();
        }
        return new Listener(
                listener.name(),
                listener.bind().address(),
                protocols,
                listener.proxyProtocol(),
                files.affordable(listener.limits()),
                ending,
                security,
                notice);
    }

    /** Null where no listener asks anybody about its clients, so that there are no threads for it. */
    private @Nullable Outside outside(RevocationListener events) {
        boolean isNeeded = config.listeners().stream()
                .anyMatch(listener -> listener.tls() instanceof ListenerTls.Terminated tls
                        && tls.config().isFetched());
        if (!isNeeded) {
            return null;
        }
        FetchThreads threads = new FetchThreads();
        resources.push(threads::close);
        return new Outside(threads, NameResolver.ofThisMachine(), events);
    }

    private static void report(String listener, ReloadingTls security, GatewayMetrics metrics) {
        metrics.certificates(listener, security.terms());
        metrics.crls(listener, security.crls(), security.lostCrls());
    }

    private ReloadingTls security(
            TlsConfig tls,
            ListenerConfig listener,
            List<String> protocols,
            ConnectionListener connections,
            ReloadListener reloads)
            throws TlsMaterialException {
        String name = listener.name();
        ReloadingTls security = ReloadingTls.open(
                name,
                tls,
                protocols,
                listener.limits().handshakeTimeout(),
                InstantSource.system(),
                reloads,
                crlIssuers,
                outside,
                authority -> connections.staleCrlAccepted(name, authority));
        resources.push(security::close);
        return security;
    }

    private static void refresh(String listener, ReloadingTls tls, GatewayServer server, GatewayMetrics metrics) {
        ReloadingTls.Refresh refresh = tls.refresh();
        if (refresh.isAnything()) {
            report(listener, tls, metrics);
        }
        if (refresh.isAboutClients()) {
            server.review(listener);
        } else {
            server.reviewDue(listener);
        }
    }

    private RequestPlanner planner(
            BodyTapFactory taps,
            FingerprintFiles fingerprints,
            DecisionListener decisions,
            ReloadListener reloads,
            GatewayMetrics metrics)
            throws TlsMaterialException, OperatorException {
        Map<String, Origin> origins = new LinkedHashMap<>();
        for (OriginConfig origin : config.origins()) {
            origins.put(
                    origin.name(),
                    origin.toOrigin(
                            origin.credentials() == null ? null : PlannerAssembly.signer(origin.credentials()),
                            origin.endpointOrDefault().secure() ? security(origin, reloads, metrics) : null));
        }
        PlannerAssembly planning =
                PlannerAssembly.of(config, origins, fingerprints, new Authorizer(decisions), taps, reloads);
        watched.add(() -> refresh(planning.policies(), planning.routes()));
        return planning.planner();
    }

    private static void refresh(PolicyLibrary policies, RouteTable routes) {
        if (policies.refresh()) {
            routes.routes().forEach(Route::refreshPolicies);
            policies.tell();
        }
    }

    private ReloadingUpstreamTls security(OriginConfig origin, ReloadListener reloads, GatewayMetrics metrics)
            throws TlsMaterialException {
        ReloadingUpstreamTls security = ReloadingUpstreamTls.open(
                origin.name(), requireNonNullElseGet(origin.tls(), UpstreamTlsConfig::defaults), reloads);
        resources.push(security::close);
        metrics.originCertificates(origin.name(), security.terms());
        watched.add(() -> {
            if (security.refresh()) {
                metrics.originCertificates(origin.name(), security.terms());
            }
        });
        return security;
    }

    private Transports.Choice transport() throws OperatorException {
        Transports.Choice choice =
                switch (config.runtime().transport()) {
                    case AUTO -> Transports.Choice.AUTO;
                    case EPOLL -> Transports.Choice.EPOLL;
                    case NIO -> Transports.Choice.NIO;
                };
        try {
            Transports.select(choice);
        } catch (IllegalArgumentException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
        return choice;
    }

    private ManagementServer management(PrometheusMeterRegistry registry, Readiness readiness, Supplier<String> version)
            throws OperatorException {
        BindAddress bind = config.management().bind();
        try {
            ManagementServer management =
                    ManagementServer.start(bind.address(), ManagementPages.of(config, readiness, registry, version));
            resources.push(management::close);
            return management;
        } catch (IOException e) {
            throw new OperatorException("management: " + bind + " cannot be bound: " + e.getMessage(), e);
        }
    }

    private void release() {
        resources.forEach(Runnable::run);
    }
}
