package io.sealgate.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.config.ConfigFixture;
import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.Validity;
import io.sealgate.certs.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of warning makes {@code check --strict} exit with 2, and without the option with 0. */
class CheckStrictTest {

    private static final String SPLIT = "~";
    private static final String ROUTE = "operations: [read, write]\n";
    private static final String TRUST = "trust: {bundle: [ca.pem]}";
    private static final String TWO_CAS = "trust: {bundle: [ca.pem, other-ca/ca.pem]}\n      revocation: ";
    private static final String REVOCATION = TRUST + "\n      revocation: ";
    private static final String LISTENER = "origins:\n";
    private static final String AUTH = "auth: sign\n";
    private static final String MANAGEMENT = "management:";
    private static final String CATCH_ALL = "  - {name: all, origin: cos, operations: [read]}\n";

    @TempDir
    static Path directory;

    private static ConfigFixture fixture;

    @BeforeAll
    static void make() throws IOException {
        fixture = ConfigFixture.in(directory);
        AuthorityDirectory authority = AuthorityDirectory.open(directory, InstantSource.system());
        authority.refreshCrl();
        authority.issue(
                "short",
                CertificateSpec.server(
                                "short",
                                SubjectAltName.forDevelopment("ap-guangzhou").toArray(new SubjectAltName[0]))
                        .withValidity(new Validity.Relative(Duration.ofDays(-10), Duration.ofDays(2))));
        Files.copy(directory.resolve("ca.crl"), directory.resolve("older.crl"));
        authority.refreshCrl();
        Path other = Files.createDirectory(directory.resolve("other-ca"));
        AuthorityDirectory.init(other, CertificateSpec.authority("Other CA"), InstantSource.system(), WriteMode.CREATE);
        AuthorityDirectory.open(other, Clock.offset(Clock.systemUTC(), Duration.ofDays(-31)))
                .refreshCrl();
        // a directory that others may not enter protects its files, and this one is made so
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /** What is said, a passage of the good configuration, and what is put in its place. */
    static Stream<Arguments> warnings() {
        return Stream.of(
                Arguments.of("management.bind: bind: 0.0.0.0:0", "bind: \"127.0.0.1:0\"", "bind: \"0.0.0.0:0\""),
                Arguments.of("is taken by telemetry before it", ROUTE, ROUTE + CATCH_ALL),
                Arguments.of("path: /a//** (can never apply", ROUTE, ROUTE + match("path: /a//**")),
                Arguments.of(
                        "operation: list (can never apply", ROUTE, "operations: [read, list]\n" + match("path: /a")),
                Arguments.of("host: a..b (can never apply", ROUTE, ROUTE + match("hosts: [localhost, a..b]")),
                Arguments.of("host: gw.example.com (no certificate", ROUTE, ROUTE + match("hosts: [gw.example.com]")),
                Arguments.of("issuer: CN=No CA (no CA", ROUTE, ROUTE + "    clients: {issuers: [CN=No CA]}\n"),
                Arguments.of("methods: [GET] (", ROUTE, guard("methods: [GET]") + CATCH_ALL),
                Arguments.of("hosts: [localhost] (", ROUTE, guard("hosts: [localhost]") + CATCH_ALL),
                Arguments.of("policy: p (no route", MANAGEMENT, policy("deny", "${bucket}/a") + MANAGEMENT),
                Arguments.of("origin: o (no route", "routes:\n", origin("ap-guangzhou") + "routes:\n"),
                Arguments.of("region: ap-nowhere (not one", "routes:\n", origin("ap-nowhere") + "routes:\n"),
                Arguments.of(
                        "listener: plain (no route",
                        LISTENER + SPLIT + ROUTE,
                        listener("") + LISTENER + SPLIT + ROUTE + match("listeners: [edge]")),
                Arguments.of("endpoint: plain HTTP", AUTH, AUTH + "    endpoint: http://192.0.2.1\n"),
                Arguments.of(
                        "anonymous: allow (clients",
                        TRUST + SPLIT + ROUTE,
                        TRUST + "\n      client-auth: request" + SPLIT + ROUTE + "    clients: {anonymous: allow}\n"),
                Arguments.of(
                        "client-auth: none (clients",
                        TRUST + SPLIT + ROUTE,
                        TRUST + "\n      client-auth: none" + SPLIT + ROUTE + "    clients: {anonymous: allow}\n"),
                Arguments.of("shared-addresses: ", TRUST, TRUST + "\n    limits: {shared-addresses: [0.0.0.0/0]}"),
                Arguments.of(
                        "(no effect", LISTENER, listener(", limits: {shared-addresses: [192.0.2.1/32]}") + LISTENER),
                Arguments.of("trusted: ", TRUST, TRUST + "\n    proxy-protocol: {mode: accept, trusted: [0.0.0.0/0]}"),
                Arguments.of("valid until", "server.pem, key: server.key", "short.pem, key: short.key"),
                Arguments.of(
                        "chain-if-available without state",
                        TRUST,
                        REVOCATION + "{crl: {files: [ca.crl], check: chain-if-available}}"),
                Arguments.of("not used (", TRUST, REVOCATION + "{crl: {files: [ca.crl, older.crl]}}"),
                Arguments.of("stale", TRUST, TWO_CAS + "{crl: {files: [ca.crl, other-ca/ca.crl]}}"),
                Arguments.of(": none (clients with", TRUST, TWO_CAS + "{crl: {files: [ca.crl], check: leaf}}"),
                Arguments.of(
                        "not in a file",
                        TRUST,
                        REVOCATION
                                + "{crl: {urls: [\"http://127.0.0.1/a\"]}, fetch: {allowed-addresses: [127.0.0.0/8]}}"),
                Arguments.of(
                        "fetch.allowed-hosts: none",
                        TRUST,
                        REVOCATION + "{crl: {files: [ca.crl], distribution-points: allowed-hosts}}"),
                Arguments.of(
                        "block: 0.0.0.0/0",
                        TRUST,
                        REVOCATION + "{crl: {files: [ca.crl]}, fetch: {allowed-addresses: [0.0.0.0/0]}}"),
                Arguments.of(
                        "also what is served some day",
                        ROUTE + SPLIT + MANAGEMENT,
                        ROUTE + "    policies: [p]\n" + SPLIT + policy("allow", "${bucket}/a") + MANAGEMENT),
                Arguments.of(
                        "no route that names it serves",
                        ROUTE + SPLIT + MANAGEMENT,
                        ROUTE + "    policies: [p]\n" + SPLIT
                                + policy("allow", "${bucket}/a").replace("\"*\"", "DeleteObject") + MANAGEMENT),
                Arguments.of(
                        "it never applies on a route",
                        ROUTE + SPLIT + MANAGEMENT,
                        ROUTE + "    policies: [p]\n" + SPLIT + policy("deny", "other-125/a") + MANAGEMENT));
    }

    private static String match(String match) {
        return "    match: {" + match + "}\n";
    }

    /** A route that keeps keys from clients of other CAs. */
    private static String guard(String match) {
        return "operations: [read]\n    clients: {issuers: [CN=Test CA]}\n" + match("path: /a/**, " + match);
    }

    private static String origin(String region) {
        return "  - {name: o, bucket: b-125, region: " + region + ", auth: forward}\n";
    }

    private static String listener(String more) {
        return "  - {name: plain, bind: \"127.0.0.1:0\", tls: none" + more + "}\n";
    }

    private static String policy(String effect, String resource) {
        return "policies: [{name: p, statements: [{effect: " + effect + ", action: [\"*\"], resource: [\"" + resource
                + "\"]}]}]\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("warnings")
    void aWarningOfAnyKindIsAnErrorToStrictChecks(String said, String passages, String replacements)
            throws IOException {
        String text = ConfigFixture.with("env:COS_SECRET_ID", "file:cos-key");
        for (int i = 0; i < passages.split(SPLIT).length; i++) {
            assertThat(text).contains(passages.split(SPLIT)[i]);
            text = text.replace(passages.split(SPLIT)[i], replacements.split(SPLIT)[i]);
        }
        String file = fixture.write(text).toString();

        CommandLineRun strict = CommandLineRun.of("check", "--strict", "-c", file);
        CommandLineRun plain = CommandLineRun.of("check", "-c", file);

        assertThat(plain.err().lines()).isNotEmpty().allMatch(line -> line.startsWith("warning: "));
        assertThat(plain.err()).contains(said).isEqualTo(strict.err());
        assertThat(plain.code()).isZero();
        assertThat(strict.code()).isEqualTo(2);
        assertThat(plain.out())
                .contains(": good (")
                .contains("warnings: " + plain.err().lines().count() + ")");
        assertThat(strict.out()).contains(": not good enough for --strict (");
    }
}
