package io.sealgate.app.cli;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.app.DryRun;
import io.sealgate.app.OperatorException;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.config.ListenerConfig;
import io.sealgate.app.config.ListenerTls;
import io.sealgate.app.config.OriginConfig;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.RequestHead;
import io.sealgate.core.model.RequestId;
import io.sealgate.core.planning.Plan;
import io.sealgate.core.request.ParsedHead;
import io.sealgate.core.request.RequestHeadParser;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.ClientTrial;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealgate explain}: what would become of a request, and why. Nothing is sent. */
@Command(
        name = "explain",
        description = "Tell what would become of a request and why: certificate, route, policies, what COS would see. "
                + "Sends nothing.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Option(names = "--cert", paramLabel = "PEM", description = "The client's certificate; without it, none is sent.")
    private @Nullable Path certificate;

    @Option(names = "--listener", paramLabel = "NAME", description = "Where the client connects, if there are several.")
    private @Nullable String listener;

    @Option(names = "--from", paramLabel = "IP", defaultValue = "127.0.0.1", description = "The client's address.")
    private InetAddress address;

    @Option(names = "-H", paramLabel = "'NAME: VALUE'", description = "A header; may be repeated.")
    private List<String> headers = List.of();

    @Option(names = "--content-length", paramLabel = "N", description = "Length of the body that would be sent.")
    private @Nullable Long contentLength;

    @Parameters(index = "0", paramLabel = "METHOD")
    private String method;

    @Parameters(index = "1", paramLabel = "URL", description = "With or without https://host in front.")
    private String url;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        GatewayConfig loaded = config.load(spec.commandLine().getErr()).config();
        ListenerConfig chosen = listener(loaded);
        HttpRequest request = request(loaded);
        DryRun gateway = DryRun.of(loaded, chosen);
        Explanation lines = new Explanation(spec.commandLine().getOut());
        lines.line("listener", chosen.name());
        ClientIdentity identity = identity(gateway, lines);
        if (identity == null) {
            return ExitCode.DENIED;
        }
        ParsedHead parsed = new RequestHeadParser(chosen.limits(), chosen.tls() instanceof ListenerTls.Terminated)
                .parse(request, RequestId.next(), false);
        if (parsed instanceof ParsedHead.Malformed malformed) {
            lines.refusal(malformed.error());
            return ExitCode.DENIED;
        }
        RequestHead head = ((ParsedHead.Good) parsed).head();
        Plan plan = gateway.plan(identity, address, head);
        boolean isSent = lines.plan(plan, gateway.resource(head, plan), gateway.questions(), gateway.secondDecisions());
        return isSent ? ExitCode.GOOD : ExitCode.DENIED;
    }

    private ListenerConfig listener(GatewayConfig config) {
        List<String> names =
                config.listeners().stream().map(ListenerConfig::name).toList();
        if (listener == null && names.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), "--listener: none (expected: one of " + String.join(", ", names) + ")");
        }
        return config.listeners().stream()
                .filter(candidate -> listener == null || candidate.name().equals(listener))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--listener: " + listener + " (expected: one of " + String.join(", ", names) + ")"));
    }

    private HttpRequest request(GatewayConfig config) {
        int scheme = url.indexOf("://");
        int slash = url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        String host = scheme < 0 ? "" : slash < 0 ? url.substring(scheme + 3) : url.substring(scheme + 3, slash);
        String target = slash < 0 ? "/" : url.substring(slash);
        if (scheme < 0 && slash != 0) {
            throw new ParameterException(spec.commandLine(), "URL: " + url + " (expected: https://host/path or /path)");
        }
        HttpRequest request;
        try {
            request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), target);
            for (String header : headers) {
                int colon = header.indexOf(':');
                if (colon < 1) {
                    throw new IllegalArgumentException("-H: " + header + " (expected: 'name: value')");
                }
                request.headers()
                        .add(
                                header.substring(0, colon),
                                header.substring(colon + 1).strip());
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
        if (!request.headers().contains("host")) {
            request.headers().set("host", host.isEmpty() ? bucketHost(config) : host);
        }
        if (contentLength != null) {
            request.headers().set("content-length", contentLength);
        }
        return request;
    }

    /** That of the first route which takes the listener's requests. */
    private String bucketHost(GatewayConfig config) {
        String name = listener(config).name();
        return config.routes().stream()
                .filter(route -> route.match().listeners().isEmpty()
                        || route.match().listeners().contains(name))
                .flatMap(route ->
                        config.origins().stream().filter(origin -> origin.name().equals(route.origin())))
                .map(OriginConfig::host)
                .findFirst()
                .orElse("localhost");
    }

    private @Nullable ClientIdentity identity(DryRun gateway, Explanation lines) throws OperatorException {
        ClientTrial.Outcome outcome = gateway.handshake(certificate);
        if (outcome == null) {
            boolean isAdmitted = gateway.admitsAnonymous();
            lines.line("certificate", isAdmitted ? "none" : "refused: " + HandshakeRefusal.NO_CERTIFICATE.label());
            return isAdmitted ? new ClientIdentity.Anonymous() : null;
        }
        if (outcome.refusal() == null) {
            lines.line("certificate", "accepted");
        } else {
            lines.line("certificate", "refused: " + outcome.refusal().label() + " (" + outcome.message() + ")");
        }
        if (outcome.identity() != null) {
            lines.client(outcome.identity());
        }
        return outcome.refusal() == null ? outcome.identity() : null;
    }
}
