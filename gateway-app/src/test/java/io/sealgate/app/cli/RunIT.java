package io.sealgate.app.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.GatewayProcess;
import io.sealgate.app.config.ConfigFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunIT {

    private static final Pattern PORT = Pattern.compile(":(\\d+)$");

    @TempDir
    Path directory;

    private ConfigFixture fixture;

    @BeforeEach
    void prepare() throws IOException {
        fixture = ConfigFixture.in(directory);
    }

    @Test
    void aGatewaySaysWhenItIsReadyAndEndsWellOnSigterm() throws Exception {
        Path socket = directory.resolve("app.sock");
        try (GatewayProcess gateway =
                GatewayProcess.start(directory, "run", "-c", withAUnixSocket().toString())) {
            String listener = gateway.awaitLine("ready: listener edge on https://127.0.0.1:");
            gateway.awaitLine("ready: listener local on unix:" + socket);
            String management = gateway.awaitLine("ready: management on http://127.0.0.1:");
            assertThat(port(listener)).isPositive();
            assertThat(readyz(port(management))).startsWith("HTTP/1.1 200");

            gateway.terminate();

            assertThat(gateway.awaitExit()).isZero();
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void aPortInUseIsOneLineAndNothingIsLeftRunning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GatewayProcess gateway = GatewayProcess.start(
                        directory,
                        "run",
                        "-c",
                        fixture.write(withSecretFiles("bind: 127.0.0.1:" + taken.getLocalPort()))
                                .toString())) {
            String line = gateway.awaitLine("sealgate: ");

            assertThat(line).contains("listener edge", "127.0.0.1:" + taken.getLocalPort(), "cannot be bound");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.USAGE);
        }
    }

    /** The process is not given native access, and on an old JDK there is none to give. */
    @Test
    void aKernelThatCannotBeHadIsOneLineAndNothingIsLeftRunning() throws Exception {
        Path file = fixture.write(withSecretFiles("bind: 127.0.0.1:0") + "runtime: {crc64-kernel: lzma}\n");
        try (GatewayProcess gateway = GatewayProcess.start(directory, "run", "-c", file.toString())) {
            String line = gateway.awaitLine("sealgate: ");

            assertThat(line).startsWith("sealgate: runtime.crc64-kernel: lzma (expected: auto or java, ");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void withoutAnyNativeKernelTheGatewaySaysWhyAndServes() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(directory, "run", "-c", good().toString())) {
            assertThat(gateway.awaitLine("crc64 kernel chosen: "))
                    .contains("kernel=java", "isal: ", "lzma: ", "(expected: ");
            gateway.awaitLine("ready: ");
        }
    }

    @Test
    void devPrintsCommandsToTryAndAConfigurationThatIsGood() throws Exception {
        Path dev = directory.resolve("dev");
        try (GatewayProcess gateway = GatewayProcess.start(directory, "dev", "--dir", dev.toString(), "--port", "0")) {
            gateway.awaitLine("ready: listener edge");
            assertThat(gateway.awaitLine("put: ")).contains("curl --cacert", "--cert", "https://localhost:");

            gateway.terminate();

            assertThat(gateway.awaitExit()).isZero();
            assertThat(CommandLineRun.of(
                                    "check", "-c", dev.resolve("sealgate.yaml").toString())
                            .code())
                    .isZero();
        }
    }

    /** The log takes longer to set up than such a command to run. */
    @Test
    void aCommandThatServesNobodyDoesNotSetUpTheLog() throws Exception {
        Path classes = directory.resolve("classes.txt");
        try (GatewayProcess command =
                GatewayProcess.start(directory, List.of("-Xlog:class+load:file=" + classes), "version")) {
            command.awaitLine("transport: ");

            assertThat(command.awaitExit()).isZero();
        }
        assertThat(Files.readString(classes))
                .contains("org.apache.logging.log4j.simple.SimpleLogger ")
                .doesNotContain("org.apache.logging.log4j.core.LoggerContext ");
    }

    private Path good() throws IOException {
        return fixture.write(withSecretFiles("bind: 127.0.0.1:0"));
    }

    private Path withAUnixSocket() throws IOException {
        return fixture.write(withSecretFiles("bind: 127.0.0.1:0")
                .replace("origins:", "  - {name: local, bind: 'unix:app.sock', tls: none}\norigins:"));
    }

    private static String withSecretFiles(String bind) {
        return ConfigFixture.with("env:COS_SECRET_ID", "file:cos-key").replace("bind: 127.0.0.1:0", bind);
    }

    private static int port(String line) {
        Matcher matcher = PORT.matcher(line);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    private static String readyz(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
