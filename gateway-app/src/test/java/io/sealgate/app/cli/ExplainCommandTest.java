package io.sealgate.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.config.ConfigFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {

    private static final String POLICY = """
            policies:
              - name: own
                statements:
                  - {effect: allow, action: [GetObject, PutObject], resource: "${bucket}/files/${client.cn}/*"}
                  - effect: deny
                    action: PutObject
                    resource: "*"
                    condition: {string_not_equal_if_exist: {cos:x-cos-forbid-overwrite: "true"}}
            """;

    private static final String CONFIG = ConfigFixture.with("env:COS_SECRET_ID", "file:cos-key")
                    .replace(
                            "operations: [read, write]",
                            "operations: [read, write]\n    policies: [own]\n    uploads: {max-size: 1GiB}")
            + POLICY;

    @TempDir
    private static Path directory;

    private static Path config;

    @BeforeAll
    static void make() throws Exception {
        config = ConfigFixture.in(directory).write(CONFIG);
        CommandLineRun.of("certs", "client", "dev1", "--dir", directory.toString());
        CommandLineRun.of("certs", "client", "gone", "--dir", directory.toString());
        CommandLineRun.of("certs", "revoke", directory + "/gone.pem", "--dir", directory.toString());
        CommandLineRun.of("certs", "ca", "--dir", directory + "/other");
        CommandLineRun.of("certs", "client", "dev1", "--dir", directory + "/other");
    }

    @Test
    void anAllowedRequestIsShownAsTheOriginWouldSeeIt() {
        CommandLineRun run = explain(config, "dev1.pem", "GET", "/files/dev1/a?versionId=v", "-H", "Range: bytes=0-9");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .contains(
                        "listener     edge",
                        "certificate  accepted",
                        "common-name  dev1",
                        "issuer       CN=Test CA",
                        "route        telemetry",
                        "operation    GetObject",
                        "resource     examplebucket-1250000000/files/dev1/a",
                        "statement    own[0] allow: applies",
                        "statement    own[1] deny: is about other actions",
                        "decision     allowed by own[0]",
                        "request      GET /files/dev1/a?versionId=v")
                .anyMatch(line -> line.matches("(?i)header +range: bytes=0-9"))
                .anyMatch(line -> line.matches("(?i)header +authorization: \\*\\*\\*"))
                .anyMatch(line -> line.matches("(?i)header +host: examplebucket-1250000000\\.cos\\..*"));
        assertThat(run.out()).doesNotContain("topsecretvalue", "q-sign");
        assertThat(run.code()).isZero();
    }

    /** Android's SDK calls the session token of a presigned URL just {@code token}. */
    @Test
    void thePresignedUrlOfAClientIsNoSecretToldAgain() throws Exception {
        Path forwarding = Files.writeString(
                directory.resolve("forwarding.yaml"),
                CONFIG.replace("auth: sign", "auth: forward").replaceAll(" *credentials: .*\n", ""));
        String url = "https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/files/dev1/a?q-sign-algorithm=sha1"
                + "&q-ak=AKID&q-sign-time=1;2&q-key-time=1;2&q-header-list=host&q-url-param-list="
                + "&q-signature=hidden&token=hidden&x-cos-security-token=hidden";

        CommandLineRun run = explain(forwarding, "dev1.pem", "GET", url);

        assertThat(run.out()).contains("q-signature=***", "&token=***").doesNotContain("hidden");
    }

    @Test
    void whatNothingAllowsIsDenied() {
        CommandLineRun run = explain(config, "dev1.pem", "GET", "/files/dev10/a");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out().lines())
                .contains(
                        "statement    own[0] allow: is about other resources",
                        "decision     refused: policy-default",
                        "answer       403 AccessDenied");
    }

    @Test
    void theStatementThatDeniesIsNamed() {
        CommandLineRun run = explain(config, "dev1.pem", "PUT", "/files/dev1/a", "--content-length", "5");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out().lines())
                .contains("statement    own[1] deny: applies", "decision     refused: policy-deny by own[1]");
    }

    /** A copy asks two routes about its source, and a listing asks another route about its part. */
    @Test
    void whatARequestTouchesBesidesIsToldWithItsRoute() throws Exception {
        Path routed = Files.writeString(
                directory.resolve("routed.yaml"),
                CONFIG.replace("operations: [read, write]", "operations: [read, write, copy, list]")
                        .replace("routes:\n", """
                                routes:
                                  - name: admin
                                    match: {path: /files/dev1/admin/**}
                                    origin: cos
                                    operations: [read]
                                    policies: [none]
                                """)
                        .replace("policies:\n  - name: own", """
                                policies:
                                  - name: none
                                    statements: [{effect: deny, action: '*', resource: '*'}]
                                  - name: own"""));
        String source = "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/files/dev1/admin/a";
        CommandLineRun copy = explain(
                routed,
                "dev1.pem",
                "PUT",
                "/files/dev1/mine",
                "-H",
                "x-cos-forbid-overwrite: true",
                "-H",
                "x-cos-copy-source: " + source);

        assertThat(copy.err()).isEmpty();
        assertThat(copy.code()).isEqualTo(3);
        assertThat(copy.out().lines())
                .contains(
                        "route        telemetry",
                        "asked        GetObject on /files/dev1/admin/a",
                        "asked        GetObject on /files/dev1/admin/a by route admin",
                        "second       GetObject on /files/dev1/admin/a meets route admin: refused: "
                                + "policy-deny by none[0]",
                        "decision     refused: policy-deny by none[0]");
    }

    @Test
    void theConditionThatDoesNotHoldIsNamed() {
        CommandLineRun run = explain(
                config,
                "dev1.pem",
                "PUT",
                "https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/files/dev1/a",
                "--content-length",
                "5",
                "-H",
                "x-cos-forbid-overwrite: true");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("own[1] deny: condition does not hold: "
                        + "string_not_equal_if_exist {cos:x-cos-forbid-overwrite: true}");
    }

    @Test
    void whatIsNotKnownOfAHeadIsSaid() throws Exception {
        Path careful = Files.writeString(
                directory.resolve("careful.yaml"),
                CONFIG.replace(
                        "{max-size: 1GiB}",
                        "{content-types: [image/*], detect-content-type: verify, forbid-overwrite: head-first}"));
        CommandLineRun run = explain(
                careful,
                "dev1.pem",
                "PUT",
                "/files/dev1/a",
                "--content-length",
                "5",
                "-H",
                "Content-Type: image/png",
                "-H",
                "x-cos-forbid-overwrite: true");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(", if the origin has no such object, and then the body's beginning is judged", "request ");
    }

    @Test
    void aCertificateOfAnotherCaIsRefused() {
        CommandLineRun run = explain(config, "other/dev1.pem", "GET", "/files/dev1/a");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .contains("certificate  refused: unknown-ca (", "common-name  dev1")
                .doesNotContain("decision");
    }

    @Test
    void aRevokedCertificateIsRefused() throws Exception {
        Path revoking = Files.writeString(
                directory.resolve("revoking.yaml"),
                CONFIG.replace(
                        "trust: {bundle: [ca.pem]}",
                        "trust: {bundle: [ca.pem]}\n      revocation: {crl: {files: [ca.crl]}}"));

        assertThat(explain(revoking, "dev1.pem", "GET", "/files/dev1/a").code()).isZero();
        CommandLineRun run = explain(revoking, "gone.pem", "GET", "/files/gone/a");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).contains("certificate  refused: revoked (");
    }

    @Test
    void aRequestWithoutARouteSaysSo() {
        CommandLineRun run =
                explain(config, "dev1.pem", "GET", "https://other-1250000000.cos.ap-guangzhou.myqcloud.com/a");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out().lines())
                .contains("route        none", "operation    GetObject")
                .anyMatch(line -> line.startsWith("answer       4"));
    }

    @Test
    void withoutACertificateTheClientIsAnonymousWhereThatIsAllowed() throws Exception {
        Path asking = Files.writeString(
                directory.resolve("asking.yaml"),
                CONFIG.replace("trust: {bundle: [ca.pem]}", "trust: {bundle: [ca.pem]}\n      client-auth: request"));

        CommandLineRun required = explain(config, null, "GET", "/files/dev1/a");
        CommandLineRun requested = explain(asking, null, "GET", "/files/dev1/a");

        assertThat(List.of(required.code(), requested.code())).containsOnly(3);
        assertThat(required.out()).contains("certificate  refused: no-certificate");
        assertThat(requested.out().lines())
                .contains("certificate  none", "route        telemetry")
                .anyMatch(line -> line.startsWith("decision     refused: "));
    }

    @Test
    void aQuestionThatMakesNoSenseIsExitCode2() {
        for (List<String> question : List.of(
                List.of("GET", "files/a"),
                List.of("GET", "/a", "-H", "nonsense"),
                List.of("GET", "/a", "--listener", "nowhere"),
                List.of("G T", "/a"))) {
            CommandLineRun run = explain(config, null, question.toArray(String[]::new));

            assertThat(run.code()).as(question.toString()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
        }
        assertThat(explain(config, "ca.key", "GET", "/a").code()).isEqualTo(2);
    }

    private static CommandLineRun explain(Path config, String certificate, String... question) {
        List<String> arguments = new ArrayList<>(List.of("explain", "-c", config.toString()));
        if (certificate != null) {
            arguments.addAll(List.of("--cert", directory.resolve(certificate).toString()));
        }
        arguments.addAll(List.of(question));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }
}
