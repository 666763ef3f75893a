package io.sealgate.core.policy;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.cam.Decision;
import io.sealgate.core.cam.PolicySet;
import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.cam.RequestedAccess;
import io.sealgate.core.cam.RoutePolicies;
import io.sealgate.core.cam.StatementName;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.request.Route;
import io.sealgate.core.spi.DecisionListener;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a client may do. Everything that is not allowed is denied: a route serves the operations it names, to the clients
 * that it is for, on keys under its path, and within that what its policies allow, if it has any. Immutable; makes no I/O.
 */
public final class Authorizer {

    private static final String PUBLIC_WRITE = "public-write";

    private final DecisionListener listener;
    private final QuestionListener questions;

    /** @param listener hears of every decision */
    public Authorizer(DecisionListener listener) {
        this(listener, QuestionListener.NONE);
    }

    /**
     * @param listener  hears of every decision
     * @param questions hears of everything that policies are asked for one
     */
    public Authorizer(DecisionListener listener, QuestionListener questions) {
        this.listener = listener;
        this.questions = questions;
    }

    /** The same, of whose decisions nobody hears: for questions of the gateway's own. */
    public Authorizer unrecorded() {
        return new Authorizer(DecisionListener.NONE, questions);
    }

    /**
     * Judges one operation on one resource, and says no unless every rule says yes. A copy is asked about its source
     * as well, a batch delete about the bucket first and then about every key, each by {@link #secondDenial}.
     *
     * @param facts what policies may ask of the request
     */
    public Verdict authorize(Route route, CosOperation operation, CosResource resource, RequestFacts facts) {
        return authorize(route, operation, resource, resource, facts);
    }

    /**
     * The same where the gateway names the object: the route is for certain names to ask for, and policies are about what is stored.
     *
     * @param asked what the client asks for
     */
    public Verdict authorize(
            Route route, CosOperation operation, CosResource asked, CosResource resource, RequestFacts facts) {
        GatewayError.Denied denial = routeDenial(route, operation, asked, facts);
        Ruling ruling =
                denial == null ? policyRuling(route, operation, resource, facts) : new Ruling(operation, denial, null);
        return verdict(ruling, route, operation, resource, facts);
    }

    /**
     * Judges what a request does to an object beside its own: {@code route} must allow it, and so must the route that
     * a request of its own for that object would meet.
     *
     * @param operation what the request does
     * @param facts     what policies of {@code route} may ask of it
     * @return why not, or {@code null} if it may
     */
    public GatewayError.@Nullable Denied secondDenial(
            Route route, CosOperation operation, RequestFacts facts, SecondResource second) {
        return told(objectRuling(route, operation, facts, second), route, operation, second);
    }

    /** The same where only the second resource's route decides: what a listing names, tags that a copy takes along. */
    public GatewayError.@Nullable Denied otherDenial(Route route, CosOperation operation, SecondResource second) {
        Ruling ruling = secondRuling(second);
        return told(second.resource().isBucket() ? asPrefix(ruling, route) : ruling, route, operation, second);
    }

    private GatewayError.@Nullable Denied told(
            Ruling ruling, Route route, CosOperation operation, SecondResource second) {
        tell(ruling, route, second.route().name(), operation, second.resource(), second.facts());
        return ruling.denial();
    }

    private Ruling objectRuling(Route route, CosOperation operation, RequestFacts facts, SecondResource second) {
        // a copy is known to policies by what it does to its source, and a batch delete has an action of its own
        CosOperation permission = operation == CosOperation.DELETE_MULTIPLE_OBJECTS ? operation : second.operation();
        GatewayError.Denied denial = routeDenial(route, operation, second.resource(), facts);
        Ruling own = denial == null
                ? policyRuling(route, permission, second.resource(), facts)
                : new Ruling(permission, denial, null);
        if (own.denial() != null) {
            return own;
        }
        if (!second.route().equals(route)) {
            return secondRuling(second);
        }
        if (!route.operations().contains(second.operation())) {
            return new Ruling(permission, denied(route, "operation", null), null);
        }
        // nothing that the request adds may allow it, and nothing that it leaves out may escape a denial
        return facts.equals(second.facts()) ? own : policyRuling(route, permission, second.resource(), second.facts());
    }

    private Ruling secondRuling(SecondResource second) {
        GatewayError.Denied denial = routeDenial(second.route(), second.operation(), second.resource(), second.facts());
        return denial == null
                ? policyRuling(second.route(), second.operation(), second.resource(), second.facts())
                : new Ruling(second.operation(), denial, null);
    }

    /** The client is told that its prefix is too wide; which rule of which other route denied it is for the log. */
    private static Ruling asPrefix(Ruling ruling, Route route) {
        if (ruling.denial() == null) {
            return ruling;
        }
        String statement =
                ruling.statement() == null ? null : ruling.statement().toString();
        GatewayError.Denied denial = denied(route, "prefix");
        return new Ruling(
                ruling.permission(),
                new GatewayError.Denied(denial.message(), denial.reason(), statement),
                ruling.statement());
    }

    /**
     * Judges an ACL that stands in a body and lets everybody write: a policy must say so. That the request is allowed otherwise is known.
     *
     * @param facts as if a header facts it
     */
    public Verdict authorizePublicWrite(Route route, CosOperation operation, CosResource resource, RequestFacts facts) {
        RoutePolicies policies = route.policies();
        Decision decision = policies == null
                ? Decision.BY_DEFAULT
                : ask(route, policies.current(), operation, resource.key(), facts);
        boolean isUnnamed = !decision.isAllowed() && decision.statement() == null;
        Ruling ruling = isUnnamed
                ? new Ruling(operation, denied(route, PUBLIC_WRITE, null), null)
                : ruling(route, decision, operation);
        return verdict(ruling, route, operation, resource, facts);
    }

    /** A rule that asks more of a request than permission has the last word about it. */
    public void overruled(
            GatewayError.Denied denial, Route route, CosOperation operation, CosResource resource, RequestFacts facts) {
        tell(new Ruling(operation, denial, null), route, null, operation, resource, facts);
    }

    private Verdict verdict(
            Ruling ruling, Route route, CosOperation operation, CosResource resource, RequestFacts facts) {
        // that some key of a batch may be deleted is no decision yet: each key has its own
        boolean isPreliminary = ruling.denial() == null && isBatch(operation, resource);
        if (!isPreliminary) {
            tell(ruling, route, null, operation, resource, facts);
        }
        return ruling.denial() == null
                ? new Verdict.Allowed(new Permit(operation, resource))
                : new Verdict.Refused(ruling.denial());
    }

    private static boolean isBatch(CosOperation operation, CosResource resource) {
        return operation == CosOperation.DELETE_MULTIPLE_OBJECTS && resource.isBucket();
    }

    private void tell(
            Ruling ruling,
            Route route,
            @Nullable String second,
            CosOperation operation,
            CosResource resource,
            RequestFacts facts) {
        if (listener != DecisionListener.NONE) {
            listener.decided(new DecisionListener.Decision(
                    facts.connection(),
                    facts.head().id(),
                    route.name(),
                    second,
                    operation,
                    ruling.permission(),
                    resource,
                    ruling.denial(),
                    ruling.statement() == null ? null : ruling.statement().toString()));
        }
    }

    /**
     * What was decided.
     *
     * @param permission what was asked about: to do what the request does, or something that it takes besides
     * @param denial    why not, or {@code null} if it is allowed
     * @param statement what decided, if a statement did
     */
    private record Ruling(
            CosOperation permission,
            GatewayError.@Nullable Denied denial,
            @Nullable StatementName statement) {}

    /** Why a route does not serve a request, whatever its policies say; {@code null} if it does. */
    public GatewayError.@Nullable Denied routeDenial(
            Route route, CosOperation operation, CosResource resource, RequestFacts facts) {
        String objection = route.clients().objection(facts.connection().identity());
        if (objection != null) {
            return denied(route, objection, null);
        }
        if (!route.operations().contains(operation)) {
            return denied(route, "operation", null);
        }
        if (!resource.bucket().equals(route.bucket()) || !resource.region().equals(route.region())) {
            return denied(route, "bucket", null);
        }
        // routing has matched the path already; a permit must not depend on the caller having done so
        boolean isCovered = resource.isBucket()
                ? operation.is(CosOperation.Trait.ON_BUCKET)
                : route.path().covers(resource.key());
        return isCovered ? null : denied(route, "key", null);
    }

    private Ruling policyRuling(Route route, CosOperation operation, CosResource resource, RequestFacts facts) {
        RoutePolicies policies = route.policies();
        if (policies == null) {
            boolean mayOrderAcl = RequestedAccess.isOrderedWith(operation) || RequestedAccess.isAclWrite(operation);
            return mayOrderAcl && RequestedAccess.isPublicWrite(facts.head().headers())
                    ? new Ruling(operation, denied(route, PUBLIC_WRITE, null), null)
                    : new Ruling(operation, null, null);
        }
        PolicySet current = policies.current();
        Ruling ruling = ruling(
                route,
                isBatch(operation, resource)
                        ? askOnBody(route, current, operation, facts)
                        : ask(route, current, operation, resource.key(), facts),
                operation);
        return ruling.denial() == null && RequestedAccess.isOrderedWith(operation)
                ? withOrders(ruling, route, current, operation, resource, facts)
                : ruling;
    }

    /** A request that orders an ACL or tags for what it makes does what it takes permissions of their own to do. */
    private Ruling withOrders(
            Ruling upload,
            Route route,
            PolicySet policies,
            CosOperation maker,
            CosResource resource,
            RequestFacts facts) {
        HttpHeaders headers = facts.head().headers();
        Ruling ruling = upload;
        if (RequestedAccess.setsAcl(headers)) {
            CosOperation aclWrite = RequestedAccess.aclWriteWith(maker);
            ruling = ruling(route, ask(route, policies, aclWrite, resource.key(), facts), aclWrite);
        }
        if (ruling.denial() == null && RequestedAccess.setsTags(headers)) {
            CosOperation tagWrite = RequestedAccess.tagWriteWith(maker);
            ruling = ruling(route, ask(route, policies, tagWrite, resource.key(), facts), tagWrite);
        }
        return ruling.denial() == null ? upload : ruling;
    }

    private Decision ask(Route route, PolicySet policies, CosOperation operation, String key, RequestFacts facts) {
        Decision decision = policies.decide(operation, key, facts);
        questions.asked(route, policies, operation, key, facts, decision);
        return decision;
    }

    private Decision askOnBody(Route route, PolicySet policies, CosOperation operation, RequestFacts facts) {
        Decision decision = policies.decideOnBody(operation, facts);
        questions.asked(route, policies, operation, "", facts, decision);
        return decision;
    }

    private static Ruling ruling(Route route, Decision decision, CosOperation permission) {
        StatementName statement = decision.statement();
        if (decision.isAllowed()) {
            return new Ruling(permission, null, statement);
        }
        return statement == null
                ? new Ruling(permission, denied(route, "policy-default", null), null)
                : new Ruling(permission, denied(route, "policy-deny", statement.toString()), statement);
    }

    /** A denial by something that asks more of a request on {@code route} than permission. */
    public static GatewayError.Denied denied(Route route, String reason) {
        return denied(route, reason, null);
    }

    /** One message for every reason, unless the route says otherwise: a stranger learns nothing about the rules from it. */
    private static GatewayError.Denied denied(Route route, String reason, @Nullable String statement) {
        String message = "Access Denied.";
        if (route.config().policy().reveal()) {
            message = "Access Denied: " + reason + (statement == null ? "." : " by " + statement + '.');
        }
        return new GatewayError.Denied(message, reason, statement);
    }
}
