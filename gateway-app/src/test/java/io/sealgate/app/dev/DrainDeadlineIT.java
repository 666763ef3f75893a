package io.sealgate.app.dev;

import static java.net.http.HttpClient.Version.HTTP_1_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.GatewayProcess;
import io.sealgate.app.config.ConfigFixture;
import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainDeadlineIT {

    private static final int PATIENCE_MILLIS = 60_000;

    @Test
    void anExchangeThatDoesNotFinishInTimeIsToldByTheExitCode(@TempDir Path directory) throws Exception {
        ConfigFixture fixture = ConfigFixture.in(directory);
        try (ServerSocket silentOrigin = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silentOrigin.setSoTimeout(PATIENCE_MILLIS);
            Path config = fixture.write(ConfigFixture.with("env:COS_SECRET_ID", "file:cos-key")
                    .replace("auth: sign", "auth: sign\n    endpoint: http://127.0.0.1:" + silentOrigin.getLocalPort())
                    .replace("origin: cos", "origin: cos\n    match: {hosts: [127.0.0.1]}"));
            try (GatewayProcess gateway =
                    GatewayProcess.start(directory, "run", "-c", config.toString(), "--drain-deadline", "50ms")) {
                String ready = gateway.awaitLine("ready: listener edge");
                int port = Integer.parseInt(ready.substring(ready.lastIndexOf(':') + 1));
                gateway.awaitLine("ready: management");
                CertificateAuthority ca = fixture.authority();
                CompletableFuture<?> exchange = DemoClient.of(port, ca, ca.issue(CertificateSpec.client("d")), HTTP_1_1)
                        .begin("/never-answered");
                try (Socket request = silentOrigin.accept()) {
                    assertThat(request.getInputStream().read()).isEqualTo('G');
                    assertThat(exchange).isNotDone();

                    gateway.terminate();

                    assertThat(gateway.awaitExit()).isEqualTo(5);
                }
            }
        }
    }
}
