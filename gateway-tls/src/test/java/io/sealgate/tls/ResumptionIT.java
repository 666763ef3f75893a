package io.sealgate.tls;

import static io.sealgate.tls.CertificateRecipe.client;
import static io.sealgate.tls.MutualTlsFixture.CLIENT_ROOT;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.tls.MutualTlsFixture.CountingClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No session is ever resumed: every connection's certificate is checked. Each client first proves that it would resume. */
class ResumptionIT {

    private static final Issued DEVICE = client("device-1").signedBy(CLIENT_ROOT);

    @TempDir
    Path directory;

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
        Openssl openssl = openssl();
        CountingClock clock = new CountingClock();
        try (ReloadingTls tls = MutualTlsFixture.open(directory, clock);
                EchoServer server = EchoServer.start(tls)) {
            Path session = directory.resolve("session");
            openssl.connect(server.port(), version, "-sess_out", session.toString());
            // In TLS 1.2 s_client writes a session all the same; one that nobody gave a name to.
            String second = Files.exists(session)
                    ? openssl.connect(server.port(), version, "-sess_in", session.toString())
                    : openssl.connect(server.port(), version);
            assertThat(second).contains("New, TLSv1.").doesNotContain("Reused, ");
            assertThat(List.of(server.success().resumed(), server.success().resumed()))
                    .containsOnly(false);
            assertThat(clock.validations()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslWouldResumeIfItCould(String version) throws Exception {
        Openssl openssl = openssl();
        try (ResumingTls lenient = new ResumingTls();
                EchoServer server = EchoServer.start(lenient)) {
            Path session = directory.resolve("session");
            openssl.connect(server.port(), version, "-sess_out", session.toString());
            assertThat(openssl.connect(server.port(), version, "-sess_in", session.toString()))
                    .contains("Reused, TLSv1.");
        }
    }

    @Test
    void opensslReconnectsInFull() throws Exception {
        Openssl openssl = openssl();
        CountingClock clock = new CountingClock();
        try (ReloadingTls tls = MutualTlsFixture.open(directory, clock);
                EchoServer server = EchoServer.start(tls)) {
            assertThat(openssl.connect(server.port(), "-tls1_2", "-reconnect")).doesNotContain("Reused, ");
            assertThat(clock.validations()).isEqualTo(6);
        }
    }

    private Openssl openssl() throws InterruptedException {
        return Openssl.require(
                DEVICE.write(directory, "device"),
                Issued.pem(directory.resolve("server-root.pem"), SERVER_ROOT.certificate()));
    }
}
