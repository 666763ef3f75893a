package io.sealgate.core.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.UpstreamFailure;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.CrlStatus;
import io.sealgate.core.spi.ExchangeListener;
import io.sealgate.core.spi.ExchangeReport;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.OverloadListener;
import io.sealgate.core.spi.ProxyHeaderOutcome;
import io.sealgate.core.spi.Recovery;
import io.sealgate.core.spi.RevocationListener;
import io.sealgate.core.spi.TapResult;
import io.sealgate.core.spi.UpstreamRefusal;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Every meter of the gateway: its name, tags and unit. Tags come from closed sets only (configured names, enums): an object key
 * or a client's name as a tag would let strangers fill the memory of whoever collects them.
 *
 * <p>Thread-safe. Meters are remembered by their tags, so that the end of an exchange costs two hash look-ups and no garbage to
 * speak of.
 */
public final class GatewayMetrics implements ExchangeListener, ConnectionListener, OverloadListener {

    private static final String NONE = "none";

    /** From an object out of the origin's cache to a slow multipart completion. */
    private static final Duration[] LATENCIES = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final Map<ExchangeTags, ExchangeMeters> exchanges = new ConcurrentHashMap<>();
    private final Map<CheckTags, Counter> checks = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> connections = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> upstreamConnections = new ConcurrentHashMap<>();
    private final OverloadMeters overload;
    private final CrlMeters crls;
    private final CertificateMeters certificates;
    private final ReloadMeters reloads;

    /** Registers with {@code registry}, which the caller keeps. */
    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        overload = new OverloadMeters(registry);
        crls = new CrlMeters(registry);
        certificates = new CertificateMeters(registry);
        reloads = new ReloadMeters(registry);
        if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
            Gauge.builder("sealgate.netty.direct.memory", provider, p -> p.metric()
                            .usedDirectMemory())
                    .description("Direct memory that the buffer allocator holds")
                    .baseUnit("bytes")
                    .register(registry);
        }
    }

    /** Says which kernel computes CRC64: there is one from the start to the end of a process. */
    public void crc64Kernel(String kernel) {
        Gauge.builder("sealgate.crc64.kernel", () -> 1)
                .description("1 for the kernel that computes CRC64")
                .tag("kernel", kernel)
                .register(registry);
    }

    /** Counts lines that the audit log lost; there from now on, at 0. */
    public LongConsumer auditLost() {
        Counter lost = Counter.builder("sealgate.audit.lost")
                .description("Decisions that are not in the audit log because nobody read it")
                .register(registry);
        return lost::increment;
    }

    /**
     * Says which revocation lists a listener goes by, in place of those said before.
     *
     * @param lost names of the CAs whose list no file and no URL has any more
     */
    public void crls(String listener, List<CrlStatus> lists, List<String> lost) {
        crls.loaded(listener, lists, lost);
    }

    /** Says which certificates a listener has now; those that it had before are no longer reported. */
    public void certificates(String listener, List<CertificateTerm> terms) {
        certificates.ofListener(listener, terms);
    }

    /** The same of an origin: what is presented to it, and the CAs that may vouch for it. */
    public void originCertificates(String origin, List<CertificateTerm> terms) {
        certificates.ofOrigin(origin, terms);
    }

    @Override
    public void finished(ExchangeReport report) {
        ExchangeMeters meters = exchanges.computeIfAbsent(ExchangeTags.of(report), tags -> tags.meters(registry));
        meters.duration().record(report.duration());
        if (report.requestBytes() > 0) {
            meters.requestBytes().increment((double) report.requestBytes());
        }
        meters.responseBytes().increment((double) report.responseBytes());
        checked("upload", report.uploadChecks());
        checked("download", report.downloadChecks());
        report.recoveries().forEach(this::recovered);
        if (report.corruptVersion() != null) {
            corrupt(report.corruptVersion());
        }
    }

    private void corrupt(CorruptVersion version) {
        Counter.builder("sealgate.integrity.corrupt.versions")
                .description("Versions that are not what was sent, and what was made of them")
                .tag("outcome", version.outcome().label())
                .register(registry)
                .increment();
    }

    private void recovered(Recovery recovery) {
        String meter =
                switch (recovery.kind()) {
                    case RESUME -> "sealgate.integrity.resumes";
                    case REFETCH -> "sealgate.integrity.refetches";
                    case HEAD -> "sealgate.integrity.heads";
                    case READ_BACK -> "sealgate.integrity.readbacks";
                    case LIST_PARTS -> "sealgate.integrity.partlists";
                };
        Counter.builder(meter)
                .description("Further requests to the origin for one answer")
                .tag("outcome", recovery.outcome().label())
                .register(registry)
                .increment();
    }

    private void checked(String direction, List<TapResult> results) {
        // by index: the iterator that all lists share is compiled for none of them
        for (int i = 0; i < results.size(); i++) {
            checked(direction, results.get(i));
        }
    }

    private void checked(String direction, TapResult result) {
        String reason = result instanceof TapResult.NotChecked not ? not.reason() : NONE;
        checks.computeIfAbsent(
                        new CheckTags(direction, result.algorithm(), IntegrityCheck.outcome(result), reason),
                        tags -> tags.counter(registry))
                .increment();
    }

    @Override
    public void opened(String listener) {
        open(connections, "sealgate.connections", "listener", listener).incrementAndGet();
    }

    @Override
    public void closed(String listener) {
        open(connections, "sealgate.connections", "listener", listener).decrementAndGet();
    }

    @Override
    public void turnedAway(String listener, Shortage why) {
        registry.counter("sealgate.connections.turned.away", "listener", listener, "reason", why.label())
                .increment();
    }

    @Override
    public void evicted(String listener, SocketAddress peer, State state, Shortage why) {
        registry.counter(
                        "sealgate.connections.evicted",
                        "listener",
                        listener,
                        "state",
                        state.label(),
                        "reason",
                        why.label())
                .increment();
    }

    @Override
    public void oneAddressOnly(String listener, String address) {
        // for the log: an address is no tag
    }

    /** Counts changes of files, and what is failing now. */
    ReloadMeters reloads() {
        return reloads;
    }

    /** Counts what came of fetching something that says who is revoked. */
    void fetched(RevocationListener.Kind kind, RevocationListener.Outcome outcome) {
        registry.counter("sealgate.revocation.fetches", "kind", kind.label(), "outcome", outcome.label())
                .increment();
    }

    /** Counts clients that were judged without an answer of their responder. */
    void undecided(String listener, boolean letIn) {
        registry.counter(
                        "sealgate.revocation.ocsp.undecided",
                        "listener",
                        listener,
                        "outcome",
                        letIn ? "accepted" : "refused")
                .increment();
    }

    @Override
    public void ended(String listener, SocketAddress client, HandshakeRefusal reason) {
        registry.counter("sealgate.connections.ended", "listener", listener, "reason", reason.label())
                .increment();
    }

    @Override
    public void proxyHeader(String listener, SocketAddress balancer, ProxyHeaderOutcome outcome) {
        String verdict = outcome.isRefusal() ? "refused" : "accepted";
        registry.counter("sealgate.proxy.headers", "listener", listener, "outcome", verdict, "reason", outcome.label())
                .increment();
    }

    @Override
    public void handshakeCompleted(String listener, String protocol, ClientIdentity client) {
        handshake(listener, "completed", NONE, protocol);
        certificates.seen(listener, client);
    }

    @Override
    public void handshakeRefused(
            String listener, SocketAddress client, HandshakeRefusal reason, @Nullable String detail) {
        handshake(listener, "refused", reason.label(), NONE);
    }

    private void handshake(String listener, String outcome, String reason, String protocol) {
        registry.counter(
                        "sealgate.handshakes",
                        "listener",
                        listener,
                        "outcome",
                        outcome,
                        "reason",
                        reason,
                        "protocol",
                        protocol)
                .increment();
    }

    @Override
    public void staleCrlAccepted(String listener, String authority) {
        crls.staleAccepted(listener, authority);
    }

    @Override
    public void upstreamOpened(String origin) {
        open(upstreamConnections, "sealgate.upstream.connections", "origin", origin)
                .incrementAndGet();
        registry.counter("sealgate.upstream.connections.opened", "origin", origin)
                .increment();
    }

    @Override
    public void upstreamClosed(String origin) {
        open(upstreamConnections, "sealgate.upstream.connections", "origin", origin)
                .decrementAndGet();
    }

    @Override
    public void upstreamFailed(String origin, UpstreamFailure reason, Throwable cause) {
        upstreamFailed(origin, reason);
    }

    @Override
    public void upstreamRefused(String origin, UpstreamRefusal refusal) {
        upstreamFailed(origin, UpstreamFailure.CERTIFICATE_REFUSED);
    }

    private void upstreamFailed(String origin, UpstreamFailure reason) {
        registry.counter("sealgate.upstream.connections.failed", "origin", origin, "reason", reason.label())
                .increment();
    }

    @Override
    public void began(Resource resource) {
        overload.began(resource);
    }

    @Override
    public void ended(Resource resource) {
        overload.ended(resource);
    }

    @Override
    public void refused(Resource resource, Scope scope) {
        overload.refused(resource, scope);
    }

    @Override
    public void unheld(String route, Room room) {
        overload.unheld(route, room);
    }

    /** How many are open now; registers the gauge the first time a name is seen. */
    private AtomicLong open(Map<String, AtomicLong> gauges, String meter, String tag, String name) {
        return gauges.computeIfAbsent(name, n -> {
            AtomicLong value = new AtomicLong();
            Gauge.builder(meter, value, AtomicLong::get)
                    .description("Connections that are open now")
                    .tag(tag, n)
                    .register(registry);
            return value;
        });
    }

    /** What a tap's verdicts are told apart by. */
    private record CheckTags(String direction, String algorithm, String outcome, String reason) {

        Counter counter(MeterRegistry registry) {
            return Counter.builder("sealgate.integrity.checks")
                    .description("Bodies that were, or were not, compared with a checksum")
                    .tags("direction", direction, "algorithm", algorithm, "outcome", outcome, "reason", reason)
                    .register(registry);
        }
    }

    /** The meters of the exchanges that share their tags. */
    private record ExchangeMeters(Timer duration, Counter requestBytes, Counter responseBytes) {}

    /** What exchanges are told apart by; absent values are {@code none}. */
    private record ExchangeTags(
            String listener,
            String route,
            @Nullable CosOperation operation,
            int statusClass,
            ExchangeReport.Outcome outcome,
            GatewayError.@Nullable Source source) {

        static ExchangeTags of(ExchangeReport report) {
            GatewayError error = report.error();
            return new ExchangeTags(
                    report.connection().listener(),
                    report.route() == null ? NONE : report.route(),
                    report.operation(),
                    report.status() / 100,
                    report.outcome(),
                    error == null ? null : error.source());
        }

        ExchangeMeters meters(MeterRegistry registry) {
            String operationLabel = operation == null ? NONE : operation.label();
            Timer duration = Timer.builder("sealgate.exchanges")
                    .description("From a complete request head to the end of the exchange")
                    .tags("listener", listener, "route", route, "operation", operationLabel)
                    .tags("status", statusClass == 0 ? NONE : statusClass + "xx")
                    .tags("outcome", outcome.label(), "source", source == null ? NONE : source.label())
                    .serviceLevelObjectives(LATENCIES)
                    .register(registry);
            return new ExchangeMeters(
                    duration,
                    bytes(registry, "sealgate.request.bytes", "Body bytes received from clients", operationLabel),
                    bytes(registry, "sealgate.response.bytes", "Body bytes sent to clients", operationLabel));
        }

        private Counter bytes(MeterRegistry registry, String name, String description, String operationLabel) {
            return Counter.builder(name)
                    .description(description)
                    .baseUnit("bytes")
                    .tags("listener", listener, "route", route, "operation", operationLabel)
                    .register(registry);
        }
    }
}
