package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealgate.tls.MutualTlsFixture.CountingClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No session is ever resumed: every connection's certificate is checked. Each client first proves that it would resume. */
class ResumptionIT {

    private static final Issued DEVICE = client("device-1").signedBy(CLIENT_ROOT);

    @TempDir
    Path directory;

    private CertificateConfig files;

    @BeforeEach
    void writeFiles() {
        files = DEVICE.write(directory, "device");
        Issued.pem(directory.resolve("server-root.pem"), SERVER_ROOT.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void returningJdkClientIsCheckedAgain(String protocol) throws Exception {
        CountingClock clock = new CountingClock();
        try (ReloadingTls tls = MutualTlsFixture.open(directory, clock);
                EchoServer server = EchoServer.start(tls)) {
            JdkClient client = JdkClient.of(SERVER_ROOT, DEVICE);
            client.echo(server.port(), protocol);
            client.echo(server.port(), protocol);
            assertThat(List.of(server.success().resumed(), server.success().resumed()))
                    .containsOnly(false);
            assertThat(clock.validations()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void jdkClientWouldResumeIfItCould(String protocol) throws Exception {
        try (ResumingTls lenient = new ResumingTls();
                EchoServer server = EchoServer.start(lenient)) {
            JdkClient client = JdkClient.of(SERVER_ROOT, DEVICE);
            client.echo(server.port(), protocol);
            client.echo(server.port(), protocol);
            assertThat(List.of(server.success().resumed(), server.success().resumed()))
                    .containsExactly(false, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslIsGivenNothingToResume(String version) throws Exception {
        requireOpenssl();
        CountingClock clock = new CountingClock();
        try (ReloadingTls tls = MutualTlsFixture.open(directory, clock);
                EchoServer server = EchoServer.start(tls)) {
            Path session = directory.resolve("session");
            openssl(server.port(), version, "-sess_out", session.toString());
            // In TLS 1.2 s_client writes a session all the same; one that nobody gave a name to.
            String second = Files.exists(session)
                    ? openssl(server.port(), version, "-sess_in", session.toString())
                    : openssl(server.port(), version);
            assertThat(second).contains("New, TLSv1.").doesNotContain("Reused, ");
            assertThat(List.of(server.success().resumed(), server.success().resumed()))
                    .containsOnly(false);
            assertThat(clock.validations()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslWouldResumeIfItCould(String version) throws Exception {
        requireOpenssl();
        try (ResumingTls lenient = new ResumingTls();
                EchoServer server = EchoServer.start(lenient)) {
            Path session = directory.resolve("session");
            openssl(server.port(), version, "-sess_out", session.toString());
            assertThat(openssl(server.port(), version, "-sess_in", session.toString()))
                    .contains("Reused, TLSv1.");
        }
    }

    @Test
    void opensslReconnectsInFull() throws Exception {
        requireOpenssl();
        CountingClock clock = new CountingClock();
        try (ReloadingTls tls = MutualTlsFixture.open(directory, clock);
                EchoServer server = EchoServer.start(tls)) {
            assertThat(openssl(server.port(), "-tls1_2", "-reconnect")).doesNotContain("Reused, ");
            assertThat(clock.validations()).isEqualTo(6);
        }
    }

    /** Runs {@code s_client} until it has got an echo, so that tickets had their time to arrive. */
    private String openssl(int port, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of("-cert", String.valueOf(files.chain()), "-key", String.valueOf(files.key())));
        command.addAll(List.of("-CAfile", directory.resolve("server-root.pem").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // A client that gets no answer would be waited for without end.
        CompletableFuture.delayedExecutor(20, TimeUnit.SECONDS).execute(process::destroyForcibly);
        StringBuilder output = new StringBuilder();
        try (Writer in = process.outputWriter(StandardCharsets.US_ASCII);
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            in.write("echo please\n");
            in.flush();
            boolean asked = false;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                output.append(line).append('\n');
                if (!asked && line.endsWith("echo please")) {
                    asked = true;
                    in.write("Q\n");
                    in.flush();
                }
            }
        }
        process.waitFor();
        return output.toString();
    }

    private static void requireOpenssl() throws InterruptedException {
        boolean installed;
        try {
            installed = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "openssl is not installed: its s_client cannot be tried");
    }
}
