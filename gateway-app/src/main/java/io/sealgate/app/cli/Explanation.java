package io.sealgate.app.cli;

import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.app.DryRun;
import io.sealgate.core.cam.Finding;
import io.sealgate.core.cam.Review;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.rewrite.UploadRules;
import io.sealgate.core.spi.DecisionListener.Decision;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes what became of a request, a name and a value on each line. */
final class Explanation {

    /** Whatever is in them is nobody's business who looks over a shoulder. */
    private static final Set<String> MASKED = Set.of(
            "authorization",
            "x-cos-security-token",
            "x-cos-server-side-encryption-customer-key",
            "x-cos-copy-source-server-side-encryption-customer-key");

    /** A presigned URL is a key for as long as it lasts. */
    private static final Pattern SIGNATURE =
            Pattern.compile("(?i)((?:q-signature|x-amz-signature|x-(?:cos|amz)-security-token|(?<=[?&])token)=)[^&]*");

    private final PrintWriter out;

    Explanation(PrintWriter out) {
        this.out = out;
    }

    /** Control characters of a certificate or key must not reach the terminal. */
    void line(String name, String value) {
        out.printf("%-12s %s%n", name, value.replaceAll("\\p{Cntrl}", "?"));
    }

    void client(Certified client) {
        line("subject", client.subject());
        line("common-name", client.commonName() == null ? "none" : client.commonName());
        client.sans().forEach(name -> line("san", name.type().name().toLowerCase(Locale.ROOT) + ':' + name.value()));
        line("issuer", client.issuer());
        line("serial", client.serial());
        line("fingerprint", client.fingerprintSha256());
    }

    /**
     * Says what was planned, and why.
     *
     * @param questions       what policies were asked
     * @param secondDecisions what was decided about second resources, a copy's source for instance
     * @return whether the request would be sent, as far as its head tells
     */
    boolean plan(Plan plan, String resource, List<DryRun.Question> questions, List<Decision> secondDecisions) {
        String route = plan.route() == null ? "none" : plan.route().name();
        line("route", route);
        line("operation", plan.operation() == null ? "none" : plan.operation().label());
        line("resource", resource);
        questions.forEach(question -> question(question, route));
        secondDecisions.forEach(this::second);
        if (plan instanceof Plan.Reply reply) {
            refusal(reply.error());
            return false;
        }
        if (plan instanceof Plan.Forward forward) {
            line("decision", allowed(questions) + reservations(forward));
            request(forward.request().toHttp());
        } else {
            line("decision", allowed(questions) + ", and then the body is judged");
        }
        return true;
    }

    /** What else has a say that is not known of a head. */
    private static String reservations(Plan.Forward forward) {
        boolean asksFirst = UploadRules.asksFirst(forward.route().config().uploads(), forward.operation());
        return (asksFirst ? ", if the origin has no such object" : "")
                + (forward.screen() == null ? "" : ", and then the body's beginning is judged");
    }

    /** Another route than the request's own is named. */
    private void question(DryRun.Question question, String route) {
        String other = question.route().equals(route) ? "" : " by route " + question.route();
        line("asked", question.operation().action() + " on /" + question.key() + other);
        question.reviews().forEach(this::review);
    }

    private void second(Decision decision) {
        GatewayError.Denied denial = decision.denial();
        line(
                "second",
                decision.permission().action() + " on /" + decision.resource().key() + " meets route "
                        + decision.second() + ": " + (denial == null ? "allowed" : "refused: " + why(denial)));
    }

    private void review(Review review) {
        Finding finding = review.finding();
        String came =
                switch (finding.kind()) {
                    case APPLIES -> "applies";
                    case OTHER_ACTION -> "is about other actions";
                    case OTHER_RESOURCE -> "is about other resources";
                    case OTHER_CONDITION -> "condition does not hold: " + finding.condition();
                    case NOT_NAMED -> "does not name public-read-write";
                };
        line("statement", review.statement() + " " + review.effect().text() + ": " + came);
    }

    private static String allowed(List<DryRun.Question> questions) {
        String statements = questions.stream()
                .map(question -> question.decision().statement())
                .map(statement -> statement == null ? "an allow of some key" : statement.toString())
                .distinct()
                .collect(Collectors.joining(", "));
        return statements.isEmpty() ? "allowed by the route, which has no policies" : "allowed by " + statements;
    }

    void refusal(GatewayError error) {
        line("decision", "refused: " + (error instanceof GatewayError.Denied denied ? why(denied) : error.message()));
        line("answer", error.code().status() + " " + error.code().code());
    }

    private static String why(GatewayError.Denied denied) {
        return denied.reason() + (denied.statement() == null ? "" : " by " + denied.statement());
    }

    private void request(HttpRequest request) {
        line(
                "request",
                request.method() + " " + SIGNATURE.matcher(request.uri()).replaceAll("$1***"));
        for (Map.Entry<String, String> header : request.headers()) {
            boolean isMasked = MASKED.contains(header.getKey().toLowerCase(Locale.ROOT));
            line("header", header.getKey() + ": " + (isMasked ? "***" : header.getValue()));
        }
    }
}
