package io.sealgate.core.observe;

import io.sealgate.core.spi.DecisionListener.Decision;
import java.time.Instant;

/** Writes decisions as lines of JSON, in the names of the access log. Confined to one thread. */
final class AuditLine implements LineFormat<Decision> {

    private final Timestamps timestamps = new Timestamps();
    private final ConnectionFields connections = new ConnectionFields();

    @Override
    public void format(Decision decision, StringBuilder out) {
        JsonLine json = new JsonLine(out);
        json.text("@timestamp", timestamps.text(Instant.now()))
                .text("event.dataset", "sealgate.audit")
                .text("event.type", decision.denial() == null ? "allowed" : "denied")
                .text("event.action", "name/cos:" + decision.permission().action())
                .text("http.request.id", decision.request().text())
                .text("sealgate.route", decision.route())
                .text("sealgate.resource.route", decision.second())
                .text("sealgate.operation", decision.operation().label())
                .text("sealgate.bucket", decision.resource().bucket())
                .text(
                        "sealgate.key",
                        decision.resource().isBucket()
                                ? null
                                : decision.resource().key())
                .text(
                        "sealgate.error.reason",
                        decision.denial() == null ? null : decision.denial().reason())
                .text("sealgate.policy.statement", decision.statement());
        json.fields(connections.of(decision.connection()));
        json.end();
    }
}
