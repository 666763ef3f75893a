package io.sealgate.app.management;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sealgate.app.config.GatewayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerIT {

    private final Readiness readiness = new Readiness(() -> false, () -> false);

    private ManagementServer server;

    @BeforeEach
    void start() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.counter("sealgate.test").increment();
        GatewayConfig config = new GatewayConfig(1, null, null, null, null, null, null, null, null);
        server = ManagementServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ManagementPages.of(config, readiness, registry, () -> "sealgate: test\n"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aRunningProcessIsLive() throws IOException {
        assertThat(get("/livez")).startsWith("HTTP/1.1 200").endsWith("live\n");
    }

    @Test
    void onlyAnOpenGatewayIsReady() throws IOException {
        assertThat(get("/readyz")).startsWith("HTTP/1.1 503").endsWith("starting\n");
        readiness.ready();
        assertThat(get("/readyz")).startsWith("HTTP/1.1 200").endsWith("ready\n");
        readiness.draining();
        assertThat(get("/readyz")).startsWith("HTTP/1.1 503").endsWith("draining\n");
    }

    @Test
    void metricsAreForPrometheus() throws IOException {
        assertThat(get("/metrics")).startsWith("HTTP/1.1 200").contains("sealgate_test_total 1.0");
    }

    @Test
    void versionAndConfigurationAreShown() throws IOException {
        assertThat(get("/version")).endsWith("sealgate: test\n");
        assertThat(get("/config")).contains("version: 1").contains("bind: 127.0.0.1:9901");
    }

    @Test
    void headHasNoBody() throws IOException {
        assertThat(exchange("HEAD /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-length: 5")
                .endsWith("\r\n\r\n");
    }

    @Test
    void nothingCanBeChanged() throws IOException {
        assertThat(exchange(
                        "POST /readyz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD");
    }

    @Test
    void aReboundNameIsTurnedAway() throws IOException {
        assertThat(exchange("GET /config HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .doesNotContain("version: 1");
    }

    @Test
    void clientsThatDoNotFinishAskingDoNotKeepAProbeWaiting() throws IOException {
        List<Socket> halfAsking = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort());
                halfAsking.add(socket);
                socket.getOutputStream().write("GET /livez HTTP/1.1\r\nHost: local".getBytes(US_ASCII));
            }

            assertThat(get("/livez")).startsWith("HTTP/1.1 200");
        } finally {
            for (Socket socket : halfAsking) {
                socket.close();
            }
        }
    }

    @Test
    void unknownPathsNameTheKnownOnes() throws IOException {
        assertThat(get("/admin")).startsWith("HTTP/1.1 404").contains("/config, /livez, /metrics, /readyz, /version");
    }

    private String get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    }

    private String exchange(String request) throws IOException {
        InetSocketAddress address = server.address();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
