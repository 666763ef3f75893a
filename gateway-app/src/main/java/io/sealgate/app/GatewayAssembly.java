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
import io.sealgate.app.config.OriginConfig;
import io.sealgate.app.config.PolicyLibrary;
import io.sealgate.app.management.ManagementPages;
import io.sealgate.app.management.ManagementServer;
import io.sealgate.app.management.Readiness;
import io.sealgate.core.clients.FingerprintFiles;
import io.sealgate.core.load.ProcessLoad;
import io.sealgate.core.observe.AccessLog;
import io.sealgate.core.observe.AuditLog;
import io.sealgate.core.observe.ConnectionLog;
import io.sealgate.core.observe.GatewayMetrics;
import io.sealgate.core.observe.OverloadLog;
import io.sealgate.core.observe.ReloadLog;
import io.sealgate.core.planning.RequestPlanner;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.Route;
import io.sealgate.core.request.RouteTable;
import io.sealgate.core.server.GatewayOptions;
import io.sealgate.core.server.GatewayServer;
import io.sealgate.core.server.Listener;
import io.sealgate.core.server.Transports;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.ChunkSigners;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.DecisionListener;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.upstream.Origin;
import io.sealgate.integrity.AppendLedger;
import io.sealgate.integrity.IntegrityTaps;
import io.sealgate.integrity.PartLedger;
import io.sealgate.integrity.crc64.Crc64Kernel;
import io.sealgate.tls.ReloadingUpstreamTls;
import io.sealgate.tls.TlsMaterialException;
import io.sealgate.tls.UpstreamTlsConfig;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final List<Runnable> watched = new ArrayList<>();

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
        return start(config, ProcessRoom.ofThisProcess(ListenerAssembly.limits(config)));
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
        ListenerAssembly listeners = ListenerAssembly.of(config, connections, reloads, metrics, resources);
        List<Listener> all = listeners.open();
        Crc64Kernel crc64 = kernel.await(metrics);
        BodyTapFactory taps = taps(crc64);
        GatewayOptions options = new GatewayOptions(
                all,
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
        watched.addAll(listeners.refreshes(server));
        MaterialKeeper keeper = MaterialKeeper.start(config.runtime().watchInterval(), List.copyOf(watched));
        resources.push(keeper::close);
        readiness.ready();
        return new RunningGateway(server, readiness, management, List.copyOf(resources));
    }

    private BodyTapFactory taps(Crc64Kernel crc64) {
        return new IntegrityTaps(
                crc64,
                ChunkSigners.none(),
                PartLedger.inMemory(room.parts()),
                AppendLedger.inMemory(room.appends(), ProcessRoom.APPENDS_REMEMBERED_FOR));
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
        AtomicBoolean isDue = new AtomicBoolean(); // until it is done, whatever fails on the way
        watched.add(() -> {
            isDue.compareAndSet(false, security.refresh());
            if (isDue.get()) {
                metrics.originCertificates(origin.name(), security.terms());
                isDue.set(false);
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
