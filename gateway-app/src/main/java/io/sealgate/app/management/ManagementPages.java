package io.sealgate.app.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sealgate.app.config.ConfigView;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.management.ManagementServer.Answer;
import io.sealgate.app.management.ManagementServer.Page;
import java.util.Map;
import java.util.function.Supplier;

/** The management endpoints. */
public final class ManagementPages {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private ManagementPages() {}

    /** Each path with what it answers. */
    public static Map<String, Page> of(
            GatewayConfig config, Readiness readiness, PrometheusMeterRegistry metrics, Supplier<String> version) {
        String rendered = ConfigView.render(config);
        return Map.of(
                "/livez", () -> Answer.text(200, "live"),
                "/readyz", () -> readyz(readiness.state()),
                "/metrics", () -> new Answer(200, PROMETHEUS, metrics.scrape()),
                "/version", () -> new Answer(200, "text/plain; charset=utf-8", version.get()),
                "/config", () -> new Answer(200, "application/yaml; charset=utf-8", rendered));
    }

    private static Answer readyz(Readiness.State state) {
        return Answer.text(state.isReady() ? 200 : 503, state.label());
    }
}
