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

    private static final JsonName TIMESTAMP = JsonName.of("@timestamp");
    private static final JsonName DATASET = JsonName.of("event.dataset");
    private static final JsonName DURATION = JsonName.of("event.duration");
    private static final JsonName REQUEST_ID = JsonName.of("http.request.id");
    private static final JsonName HTTP_VERSION = JsonName.of("http.version");
    private static final JsonName METHOD = JsonName.of("http.request.method");
    private static final JsonName PATH = JsonName.of("url.path");
    private static final JsonName AUTHORITY = JsonName.of("sealgate.authority");
    private static final JsonName USER_AGENT = JsonName.of("user_agent.original");
    private static final JsonName REQUEST_BYTES = JsonName.of("http.request.body.bytes");
    private static final JsonName STATUS = JsonName.of("http.response.status_code");
    private static final JsonName RESPONSE_BYTES = JsonName.of("http.response.body.bytes");
    private static final JsonName ROUTE = JsonName.of("sealgate.route");
    private static final JsonName KEY = JsonName.of("sealgate.key");
    private static final JsonName OPERATION = JsonName.of("sealgate.operation");
    private static final JsonName ORIGIN = JsonName.of("sealgate.origin");
    private static final JsonName ORIGIN_REQUEST_ID = JsonName.of("sealgate.origin.request_id");
    private static final JsonName OUTCOME = JsonName.of("sealgate.outcome");
    private static final JsonName CHECKS = JsonName.of("sealgate.checks");

    private final Timestamps timestamps = new Timestamps();
    private final ConnectionFields connections = new ConnectionFields();

    @Override
    public void format(ExchangeReport report, StringBuilder out) {
        JsonLine json = new JsonLine(out);
        json.text(TIMESTAMP, timestamps.text(report.started()))
                .text(DATASET, "sealgate.access")
                .number(DURATION, report.duration().toNanos());
        request(json, report);
        answer(json, report);
        json.fields(connections.of(report.connection()));
        checks(json, report);
        json.end();
    }

    private static void request(JsonLine json, ExchangeReport report) {
        json.text(REQUEST_ID, report.id().text())
                .text(
                        HTTP_VERSION,
                        report.protocol().substring(report.protocol().indexOf('/') + 1))
                .text(METHOD, report.method())
                .text(PATH, report.path())
                .text(AUTHORITY, report.authority())
                .text(USER_AGENT, report.userAgent())
                .number(REQUEST_BYTES, report.requestBytes());
    }

    private static void answer(JsonLine json, ExchangeReport report) {
        json.number(STATUS, report.status())
                .number(RESPONSE_BYTES, report.responseBytes())
                .text(ROUTE, report.route())
                .text(KEY, report.key())
                .text(
                        OPERATION,
                        report.operation() == null ? null : report.operation().label())
                .text(ORIGIN, report.origin())
                .text(ORIGIN_REQUEST_ID, report.originRequestId())
                .text(OUTCOME, report.outcome().label());
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
        json.texts(CHECKS, verdicts);
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
