package io.sealgate.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.config.ConfigFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealgateCommandTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "NONE", textBlock = """
            NONE                        | command: none
            fly                         | Unmatched argument
            run                         | Missing required option: '--config=FILE'
            run -c x --nonsense         | Unknown option: '--nonsense'
            run -c x --drain-deadline 5 | duration: 5 (expected: a number with ms, s, m, h or d, such as 10s)
            check -c /absent.yaml       | /absent.yaml: no such file
            explain GET /a              | Missing required option: '--config=FILE'
            explain -c /absent.yaml GET /a | /absent.yaml: no such file
            hash /absent                | file: /absent cannot be read
            dev --port 99999            | --port: 99999 (expected: 0 to 65535)
            origin --dir x --bind 9000  | address: 9000 (expected: host:port
            origin --dir x --bind 0.0.0.0:0 | --bind: 0.0.0.0:0 (expected: loopback
            certs                       | command: none
            certs client a --dir /absent | /absent
            """)
    void aMistakeOnTheCommandLineIsOneLineAndExitCode2(String arguments, String message) {
        CommandLineRun run = CommandLineRun.of(arguments == null ? new String[0] : arguments.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "check",
                "explain",
                "dev",
                "certs",
                "certs ca",
                "certs server",
                "certs client",
                "certs revoke",
                "origin",
                "hash",
                "version"
            })
    void everyCommandExplainsItself(String command) {
        CommandLineRun run = CommandLineRun.of((command + " --help").strip().split(" "));

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("Usage: sealgate " + command);
    }

    @Test
    void onlyWhatIsBuiltIsOffered() {
        assertThat(CommandLineRun.of("--help").out())
                .contains("run", "check", "explain", "dev", "certs", "origin", "hash", "version")
                .doesNotContain("reload", "status", "schema");
    }

    @Test
    void stackTracesAreForDebugging() {
        assertThat(CommandLineRun.of("hash", "/absent", "--debug").err()).contains("OperatorException", "\tat ");
    }

    @Test
    void aGoodConfigurationChecksGood() throws IOException {
        Path file = ConfigFixture.in(directory).write(ConfigFixture.with("env:COS_SECRET_ID", "file:cos-key"));

        CommandLineRun run = CommandLineRun.of("check", "-c", file.toString());

        assertThat(run)
                .isEqualTo(new CommandLineRun(
                        0,
                        file + ": good (listeners: 1, origins: 1, routes: 1, warnings: 0)" + System.lineSeparator(),
                        ""));
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "--strict, 2"})
    void aWarningIsAnErrorOnlyToStrictChecks(String option, int code) throws IOException {
        Path file = ConfigFixture.in(directory)
                .write(ConfigFixture.with("env:COS_SECRET_ID", "file:cos-key")
                        .replace("management: {bind: \"127.0.0.1:0\"}", "management: {bind: \"0.0.0.0:0\"}"));

        CommandLineRun run =
                CommandLineRun.of(("check -c " + file + " " + option).strip().split(" "));

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).startsWith("warning: " + file + ":19: management.bind: ");
        assertThat(run.out()).contains("warnings: 1)");
    }

    @Test
    void strictChecksPassWithoutWarnings() throws IOException {
        Path file = ConfigFixture.in(directory).write(ConfigFixture.with("env:COS_SECRET_ID", "file:cos-key"));

        assertThat(CommandLineRun.of("check", "--strict", "-c", file.toString()).code())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void aBadConfigurationIsToldInFullAndNothingStarts(String command) throws IOException {
        Path file = ConfigFixture.in(directory)
                .write(ConfigFixture.good()
                        .replace("version: 1", "version: 2")
                        .replace("key: server.key", "key: other.key"));

        CommandLineRun run = CommandLineRun.of(command, "-c", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().lines())
                .anyMatch(line -> line.startsWith(file + ":1: version: "))
                .anyMatch(line -> line.startsWith(file + ":7: listeners[0].tls.certificates[0].key"))
                .anyMatch(line -> line.contains("env:COS_SECRET_ID"));
        assertThat(run.out()).isEmpty();
    }

    @Test
    void digestsAreThoseOfCos() throws IOException {
        Path file = Files.write(directory.resolve("f"), "123456789".getBytes(UTF_8));

        // the check value of CRC-64/XZ is 995dc9bbdf1939fa
        assertThat(CommandLineRun.of("hash", file.toString()).out().lines())
                .containsExactly(
                        "Content-MD5: JfnnlDI7RTiF9RgfG2JNCw==",
                        "ETag: \"25f9e794323b453885f5181f1b624d0b\"",
                        "x-cos-hash-crc64ecma: 11051210869376104954");
    }

    @Test
    void versionNamesEveryPart() {
        CommandLineRun run = CommandLineRun.of("version");

        assertThat(run.out().lines().map(line -> line.replaceFirst(":.*", "")))
                .containsExactly("sealgate", "jdk", "tls", "transport", "crc64");
        assertThat(withoutKernel(CommandLineRun.of("--version"))).isEqualTo(withoutKernel(run));
    }

    /** Each run measures the CRC64 kernels anew, and two that are as fast as each other may win in turn. */
    private static String withoutKernel(CommandLineRun run) {
        return run.out().replaceFirst("crc64: .*", "crc64:");
    }

    @Test
    void theDevelopmentAuthorityIssuesAndRevokes() throws IOException {
        String dir = directory.resolve("ca").toString();
        Files.writeString(directory.resolve("password"), "changeit\n");

        assertThat(CommandLineRun.of("certs", "ca", "--dir", dir).code()).isZero();
        assertThat(CommandLineRun.of("certs", "server", "--dir", dir, "--san", "gw.example.com")
                        .code())
                .isZero();
        CommandLineRun client = CommandLineRun.of(
                "certs",
                "client",
                "pump",
                "--dir",
                dir,
                "--store",
                "bks",
                "--password",
                "file:" + directory.resolve("password"));
        CommandLineRun revoke = CommandLineRun.of("certs", "revoke", dir + "/pump.pem", "--dir", dir);

        assertThat(client.code()).isZero();
        assertThat(revoke.code()).isZero();
        assertThat(directory.resolve("ca"))
                .isDirectoryContaining("glob:**/ca.pem")
                .isDirectoryContaining("glob:**/server.key")
                .isDirectoryContaining("glob:**/pump.bks")
                .isDirectoryContaining("glob:**/ca.crl");
    }

    @Test
    void existingCertificatesAreReplacedOnlyByForce() {
        String dir = directory.resolve("ca").toString();
        CommandLineRun.of("certs", "ca", "--dir", dir);

        assertThat(CommandLineRun.of("certs", "ca", "--dir", dir).code()).isEqualTo(2);
        assertThat(CommandLineRun.of("certs", "ca", "--dir", dir, "--force").code())
                .isZero();
    }
}
