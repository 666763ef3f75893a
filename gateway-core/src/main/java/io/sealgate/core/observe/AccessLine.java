package io.sealgate.core.observe;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.ExchangeReport;
import io.sealgate.core.spi.TapResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes exchanges as lines of JSON. Names are those of the Elastic Common Schema; what it has no name for stands under
 * {@code sealgate.}. Confined to one thread.
 */
final class AccessLine implements LineFormat<ExchangeReport> {

    private final Timestamps timestamps = new Timestamps();
    private final ConnectionFields connections = new ConnectionFields();

    @Override
    public void format(ExchangeReport report, StringBuilder out) {
        JsonLine json = new JsonLine(out);
        json.text("@timestamp", timestamps.text(report.started()))
                .text("event.dataset", "sealgate.access")
                .number("event.duration", report.duration().toNanos());
        request(json, report);
        answer(json, report);
        json.fields(connections.of(report.connection()));
        checks(json, report);
        json.end();
    }

    private static void request(JsonLine json, ExchangeReport report) {
        json.text("http.request.id", report.id().text())
                .text(
                        "http.version",
                        report.protocol().substring(report.protocol().indexOf('/') + 1))
                .text("http.request.method", report.method())
                .text("url.path", report.path())
                .text("sealgate.authority", report.authority())
                .text("user_agent.original", report.userAgent())
                .number("http.request.body.bytes", report.requestBytes());
    }

    private static void answer(JsonLine json, ExchangeReport report) {
        json.number("http.response.status_code", report.status())
                .number("http.response.body.bytes", report.responseBytes())
                .text("sealgate.route", report.route())
                .text("sealgate.key", report.key())
                .text(
                        "sealgate.operation",
                        report.operation() == null ? null : report.operation().label())
                .text("sealgate.origin", report.origin())
                .text("sealgate.origin.request_id", report.originRequestId())
                .text("sealgate.outcome", report.outcome().label());
        if (report.deniedKeys() > 0) {
            json.number("sealgate.denied_keys", report.deniedKeys());
        }
        GatewayError error = report.error();
        if (error != null) {
            json.text("sealgate.error.source", error.source().label())
                    .text("sealgate.error.reason", error instanceof GatewayError.Denied denied ? denied.reason() : null)
                    .text(
                            "sealgate.policy.statement",
                            error instanceof GatewayError.Denied denied ? denied.statement() : null)
                    .text("error.code", error.code().code())
                    .text("error.message", error.message());
        }
    }

    private static void checks(JsonLine json, ExchangeReport report) {
        List<String> verdicts = new ArrayList<>(2);
        checks(json, "upload", report.uploadChecks(), verdicts);
        checks(json, "download", report.downloadChecks(), verdicts);
        json.texts("sealgate.checks", verdicts);
        CorruptVersion corrupt = report.corruptVersion();
        if (corrupt != null) {
            json.text("sealgate.corrupt_version.outcome", corrupt.outcome().label())
                    .text("sealgate.corrupt_version.id", corrupt.id());
        }
        if (!report.recoveries().isEmpty()) {
            json.texts(
                    "sealgate.recoveries",
                    report.recoveries().stream()
                            .map(recovery -> recovery.kind().label()
                                    + ':'
                                    + recovery.outcome().label())
                            .toList());
        }
    }

    private static void checks(JsonLine json, String direction, List<TapResult> results, List<String> verdicts) {
        for (int i = 0; i < results.size(); i++) {
            TapResult result = results.get(i);
            if (!result.value().isEmpty() && isLastOf(result.algorithm(), results, i)) {
                json.text("sealgate." + result.algorithm(), result.value());
            }
            String verdict = direction + ':' + result.algorithm() + ':' + IntegrityCheck.outcome(result);
            verdicts.add(result instanceof TapResult.NotChecked not ? verdict + ':' + not.reason() : verdict);
        }
    }

    /** An object that was fetched again has several values; the last is the one that the client was sent. */
    private static boolean isLastOf(String algorithm, List<TapResult> results, int index) {
        for (int later = index + 1; later < results.size(); later++) {
            if (results.get(later).algorithm().equals(algorithm)) {
                return false;
            }
        }
        return true;
    }
}
