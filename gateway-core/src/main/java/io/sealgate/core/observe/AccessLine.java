package io.sealgate.core.observe;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.ExchangeReport;
import io.sealgate.core.spi.TapResult;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.logging.log4j.message.AsynchronouslyFormattable;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.util.StringBuilderFormattable;
import org.jspecify.annotations.Nullable;

/**
 * One exchange as one line of JSON. Names are those of the Elastic Common Schema; what it has no name for stands under
 * {@code sealgate.}. Immutable, so it may be formatted by whichever thread writes it.
 */
@AsynchronouslyFormattable
final class AccessLine implements Message, StringBuilderFormattable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ExchangeReport report;

    AccessLine(ExchangeReport report) {
        this.report = report;
    }

    @Override
    public void formatTo(StringBuilder out) {
        JsonLine json = new JsonLine(out);
        json.text("@timestamp", report.started().toString())
                .text("event.dataset", "sealgate.access")
                .number("event.duration", report.duration().toNanos());
        request(json);
        answer(json);
        connection(json, report.connection());
        checks(json);
        json.end();
    }

    private void request(JsonLine json) {
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

    private void answer(JsonLine json) {
        json.number("http.response.status_code", report.status())
                .number("http.response.body.bytes", report.responseBytes())
                .text("sealgate.route", report.route())
                .text(
                        "sealgate.operation",
                        report.operation() == null ? null : report.operation().label())
                .text("sealgate.origin", report.origin())
                .text("sealgate.origin.request_id", report.originRequestId())
                .text("sealgate.outcome", report.outcome().label());
        GatewayError error = report.error();
        if (error != null) {
            json.text("sealgate.error.source", error.source().label())
                    .text("sealgate.error.reason", error instanceof GatewayError.Denied denied ? denied.reason() : null)
                    .text("error.code", error.code().code())
                    .text("error.message", error.message());
        }
    }

    private static void connection(JsonLine json, ConnectionContext connection) {
        json.text("sealgate.listener", connection.listener());
        client(json, connection.clientAddress());
        ConnectionContext.Tls tls = connection.tls();
        if (tls != null) {
            json.text("tls.version_protocol", "tls")
                    .text("tls.version", tls.protocol().replace("TLSv", ""))
                    .text("tls.cipher", tls.cipher())
                    .text("tls.client.server_name", tls.sni());
        }
        if (connection.identity() instanceof ClientIdentity.Certified certified) {
            json.text("tls.client.subject", certified.subject())
                    .text("tls.client.issuer", certified.issuer())
                    .text("tls.client.x509.serial_number", certified.serial().toUpperCase(Locale.ROOT))
                    .text(
                            "tls.client.hash.sha256",
                            certified.fingerprintSha256().toUpperCase(Locale.ROOT))
                    .text("tls.client.not_after", certified.notAfter().toString());
        }
    }

    private static void client(JsonLine json, SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            json.text("client.address", inet.getAddress().getHostAddress()).number("client.port", inet.getPort());
        } else {
            json.text("client.address", address.toString());
        }
    }

    private void checks(JsonLine json) {
        Stream.concat(report.uploadChecks().stream(), report.downloadChecks().stream())
                .filter(result -> !result.value().isEmpty())
                .forEach(result -> json.text("sealgate." + result.algorithm(), result.value()));
        json.texts(
                "sealgate.checks",
                Stream.concat(verdicts("upload", report.uploadChecks()), verdicts("download", report.downloadChecks()))
                        .toList());
    }

    private static Stream<String> verdicts(String direction, List<TapResult> results) {
        return results.stream().map(result -> {
            String verdict = direction + ':' + result.algorithm() + ':' + IntegrityCheck.outcome(result);
            return result instanceof TapResult.NotChecked not ? verdict + ':' + not.reason() : verdict;
        });
    }

    @Override
    public String getFormattedMessage() {
        StringBuilder out = new StringBuilder(1024);
        formatTo(out);
        return out.toString();
    }

    @Override
    public Object @Nullable [] getParameters() {
        return null;
    }

    @Override
    public @Nullable Throwable getThrowable() {
        return null;
    }
}
