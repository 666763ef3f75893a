package io.sealgate.app;

import io.sealgate.app.config.FingerprintLists;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.config.ListenerConfig;
import io.sealgate.app.config.ListenerTls;
import io.sealgate.app.config.OriginConfig;
import io.sealgate.core.cam.Decision;
import io.sealgate.core.cam.Review;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.policy.Authorizer;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.request.CosTargetParser;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.ChunkSigners;
import io.sealgate.core.spi.DecisionListener;
import io.sealgate.core.spi.ReloadListener;
import io.sealgate.core.upstream.Origin;
import io.sealgate.integrity.AppendLedger;
import io.sealgate.integrity.IntegrityTaps;
import io.sealgate.integrity.PartLedger;
import io.sealgate.integrity.crc64.KernelSelection;
import io.sealgate.tls.ClientTrial;
import io.sealgate.tls.TlsConfig.ClientAuthentication;
import io.sealgate.tls.TlsMaterialException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that plans requests as the real one would and sends nothing: no sockets, no threads. For one request, not
 * thread-safe.
 */
public final class DryRun {

    private final ListenerConfig listener;
    private final PlannerAssembly planning;
    private final List<Question> questions;
    private final List<DecisionListener.Decision> secondDecisions;

    private DryRun(
            ListenerConfig listener,
            PlannerAssembly planning,
            List<Question> questions,
            List<DecisionListener.Decision> secondDecisions) {
        this.listener = listener;
        this.planning = planning;
        this.questions = questions;
        this.secondDecisions = secondDecisions;
    }

    /**
     * Reads what the configuration names.
     *
     * @throws OperatorException if something is wrong with a file
     */
    public static DryRun of(GatewayConfig config, ListenerConfig listener) throws OperatorException {
        List<Question> questions = new ArrayList<>();
        List<DecisionListener.Decision> secondDecisions = new ArrayList<>();
        Authorizer authorizer = new Authorizer(
                decision -> {
                    if (decision.second() != null) {
                        secondDecisions.add(decision);
                    }
                },
                (route, policies, operation, key, facts, decision) -> questions.add(
                        new Question(route.name(), operation, key, decision, policies.explain(operation, key, facts))));
        PlannerAssembly planning = PlannerAssembly.of(
                config, origins(config), new FingerprintLists(), authorizer, taps(), ReloadListener.NONE);
        return new DryRun(listener, planning, questions, secondDecisions);
    }

    private static Map<String, Origin> origins(GatewayConfig config) {
        Map<String, Origin> origins = new LinkedHashMap<>();
        for (OriginConfig origin : config.origins()) {
            origins.put(
                    origin.name(),
                    origin.toOrigin(
                            origin.credentials() == null ? null : PlannerAssembly.signer(origin.credentials()), null));
        }
        return origins;
    }

    /** They only have to be chosen: no body ever comes. */
    private static BodyTapFactory taps() {
        return new IntegrityTaps(
                KernelSelection.of(KernelSelection.Choice.JAVA).kernel(),
                ChunkSigners.none(),
                PartLedger.inMemory(1),
                AppendLedger.inMemory(1, Duration.ofMinutes(1)));
    }

    /**
     * What would come of the handshake.
     *
     * @param certificate PEM, or {@code null} for a client without one
     * @return {@code null} if the client would be anonymous
     * @throws OperatorException if a file is not good
     */
    public ClientTrial.@Nullable Outcome handshake(@Nullable Path certificate) throws OperatorException {
        if (certificate == null
                || !(listener.tls() instanceof ListenerTls.Terminated tls)
                || tls.config().clientAuth() == ClientAuthentication.NONE) {
            return null;
        }
        try {
            return ClientTrial.open(tls.config(), InstantSource.system()).judge(certificate);
        } catch (TlsMaterialException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether clients without a certificate get past the handshake. */
    public boolean admitsAnonymous() {
        return !(listener.tls() instanceof ListenerTls.Terminated tls)
                || tls.config().clientAuth() != ClientAuthentication.REQUIRE;
    }

    /** What the gateway would do about a request of this client's from {@code address}. */
    public Plan plan(ClientIdentity identity, InetAddress address, RequestHead head) {
        ConnectionContext.Tls tls = listener.tls() instanceof ListenerTls.Terminated
                ? new ConnectionContext.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384", null)
                : null;
        return planning.planner()
                .plan(new ConnectionContext(listener.name(), new InetSocketAddress(address, 0), identity, tls), head);
    }

    /** What the request is about: bucket, slash, key; {@code unknown} if its target makes no sense. */
    public String resource(RequestHead head, Plan plan) {
        return CosTargetParser.parse(head, host -> planning.routes().isPathStyle(listener.name(), host))
                .fold(target -> bucket(target, plan) + '/' + target.key(), error -> "unknown");
    }

    private static String bucket(CosTarget target, Plan plan) {
        if (plan.route() != null) {
            return plan.route().bucket();
        }
        return target.bucket() == null ? target.hostName() : target.bucket();
    }

    /** What policies were asked about it, in order; each question once, as readings of a key may repeat one. */
    public List<Question> questions() {
        return questions.stream().distinct().toList();
    }

    /** What was decided about second resources, a copy's source for instance, in order. */
    public List<DecisionListener.Decision> secondDecisions() {
        return List.copyOf(secondDecisions);
    }

    /**
     * Something that policies were asked.
     *
     * @param route   whose policies
     * @param key     empty for the bucket
     * @param reviews every statement of the route's policies
     */
    public record Question(String route, CosOperation operation, String key, Decision decision, List<Review> reviews) {}
}
