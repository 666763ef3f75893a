package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What works and can have no effect, or more effect than was meant, is told; and nothing else is. */
class ConfigAdviceTest {

    private static final String SECOND_LISTENER =
            "  - {name: inside, bind: \"unix:inside.sock\", tls: none}\norigins:\n";
    private static final String SECOND_ORIGIN =
            "  - {name: other, bucket: other-1250000000, region: ap-guangzhou, auth: forward}\nroutes:\n";

    private static final String IDLE_POLICY =
            "policies: [{name: idle, statements: [{effect: deny, action: [\"*\"], resource: [\"*\"]}]}]\n";
    private static final String COVERED = " (can never apply: all that it matches is taken by %s before it)";

    @TempDir
    static Path directory;

    static ConfigFixture fixture;

    @BeforeAll
    static void makeCertificates() throws IOException {
        fixture = ConfigFixture.in(directory);
    }

    private static List<String> warnings(String text) throws ConfigException {
        return fixture.load(text).warnings().stream()
                .map(line -> line.replaceFirst("^c.yaml:[0-9]+: ", ""))
                .toList();
    }

    /** A configuration with two listeners, two origins and these routes. */
    private static String routes(String... routes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < routes.length; i++) {
            String origin = routes[i].contains("origin:") ? "" : "origin: cos, ";
            String operations = routes[i].contains("operations:") ? "" : "operations: [read], ";
            text.append("  - {name: r").append(i).append(", ").append(origin).append(operations);
            text.append(routes[i]).append("}\n");
        }
        text.append("  - {name: last, origin: other, operations: [read], match: {hosts: [\"*.localhost\"]}}\n");
        return ConfigFixture.good()
                .replace("origins:\n", SECOND_LISTENER)
                .replace("routes:\n", SECOND_ORIGIN)
                .replace("  - name: telemetry\n    origin: cos\n    operations: [read, write]\n", text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            match: {path: /**}                    | match: {path: /admin/**}
            match: {path: /a/**}                  | match: {path: /a/b/**}
            match: {path: /a/**}                  | match: {path: /a/b}
            match: {path: /a}                     | match: {path: /a}
            match: {path: /a/**}                  | match: {path: /a/**, methods: [GET]}
            match: {path: /a/**, methods: [GET, PUT]} | match: {path: /a/b/**, methods: [PUT]}
            match: {path: /a/**}                  | match: {path: /a/**, hosts: [localhost]}
            match: {path: /a/**, hosts: ["*.localhost"]} | match: {path: /a/**, hosts: [b.localhost]}
            match: {path: /a/**, hosts: ["*.localhost"]} | match: {path: /a/**, hosts: ["*.localhost"]}
            match: {path: /a/**, hosts: [LOCALHOST]} | match: {path: /a/**, hosts: [localhost]}
            match: {path: /a/**}                  | match: {path: /a/**, listeners: [edge]}
            match: {path: /a/**, listeners: [edge, inside]} | match: {path: /a/**}
            "match: {path: /a/**}, operations: [list]" | match: {path: /a/**}
            "match: {path: /a/**}, clients: {san-dns: [a.example.com]}" | match: {path: /a/**}
            "match: {path: /a/**}, operations: [delete]" | "match: {path: /a/**}, operations: [delete]"
            "match: {hosts: [localhost], addressing: path}" | "match: {path: /a, hosts: [localhost], addressing: path}"
            """)
    void aRouteThatAnEarlierOneCoversIsNamed(String first, String second) throws ConfigException {
        assertThat(warnings(routes(first, second))).containsExactly("routes[1]: route: r1" + COVERED.formatted("r0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            match: {path: /admin/**}              | match: {path: /**}
            match: {path: /a/**}                  | match: {path: /a}
            match: {path: /a}                     | match: {path: /a/**}
            match: {path: /a/**, methods: [GET]}  | match: {path: /a/**}
            match: {path: /a/**, hosts: [localhost]} | match: {path: /a/**}
            match: {path: /a/**, hosts: [b.localhost]} | match: {path: /a/**, hosts: ["*.localhost"]}
            match: {path: /a/**, hosts: ["*.localhost"]} | match: {path: /a/**, hosts: [localhost]}
            match: {path: /a/**, hosts: ["*.localhost"]} | match: {path: /a/**, hosts: [a.b.localhost, b.localhost]}
            match: {path: /a/**, listeners: [edge]} | match: {path: /a/**}
            "match: {path: /a/**}, origin: other" | match: {path: /a/**}
            match: {path: /a/**}                  | "match: {path: /a/**}, operations: [read, DeleteMultipleObjects]"
            "match: {methods: [DELETE]}, operations: [delete]" | "match: {path: /a/**}, operations: [delete]"
            match: {path: /a/**}                  | "match: {path: /a/**, hosts: [localhost], addressing: path}"
            """)
    void aRouteThatAnyRequestCanReachIsNot(String first, String second) throws ConfigException {
        assertThat(warnings(routes(first, second))).noneMatch(warning -> warning.contains("can never apply"));
    }

    @Test
    void severalEarlierRoutesCoverOneTogether() throws ConfigException {
        assertThat(warnings(routes(
                        "match: {path: /a/**, methods: [GET, HEAD, OPTIONS]}",
                        "match: {path: /b/**}",
                        "match: {path: /**, methods: [PUT, POST, DELETE]}",
                        "match: {path: /a/b/**}")))
                .containsExactly("routes[3]: route: r3" + COVERED.formatted("r0, r2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//**",
                "//a",
                "/a//b/**",
                "/a//b",
                "/a///**",
                "/a//",
                "/a/./**",
                "/a/../b",
                "/..",
                "/./**",
                "'/\\a/**'",
                "\"/a\\tb/**\""
            })
    void aPathThatNoKeyMeetsIsTold(String path) throws ConfigException {
        assertThat(warnings(routes("match: {path: " + path + "}", "match: {path: /b/**}")))
                .singleElement()
                .asString()
                .startsWith("routes[0].match.path: path: /")
                .contains("(can never apply: every key under it is refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/**", "/a/**", "/a/", "/...", "/.a/**", "/a b+c/**", "/a\u0394/**", "/a\\b"})
    void aPathThatKeysMeetIsNot(String path) throws ConfigException {
        assertThat(warnings(routes("match: {path: '" + path + "'}"))).isEmpty();
    }

    @Test
    void whatNothingNamesIsTold() throws ConfigException {
        String text = routes("match: {path: /a/**, listeners: [edge]}")
                .replace("  - {name: last, origin: other, operations: [read], match: {hosts: [\"*.localhost\"]}}\n", "")
                .replace("management:", IDLE_POLICY + "management:");

        assertThat(warnings(text))
                .contains(
                        "listeners[1].name: listener: inside (no route takes requests of it)",
                        "origins[1].name: origin: other (no route names it)",
                        "policies[0].name: policy: idle (no route names it)");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, false",
        "LocalHost, false",
        "a.localhost, true",
        "127.0.0.1, false",
        "'[::1]', false",
        "elsewhere.example.com, true",
        "'*.example.com', true"
    })
    void aHostThatNoCertificateHasIsTold(String host, boolean isTold) throws ConfigException {
        String text = ConfigFixture.with(
                "operations: [read, write]", "operations: [read, write]\n    match: {hosts: [\"" + host + "\"]}");

        assertThat(warnings(text))
                .isEqualTo(
                        isTold
                                ? List.of("routes[0].match.hosts[0]: host: " + host
                                        + " (no certificate of the route's listeners has this name)")
                                : List.of());
    }

    @ParameterizedTest
    @CsvSource({"CN=Test CA, false", "cn = Test CA, false", "CN=test ca, true", "CN=Other CA, true"})
    void anIssuerThatNoAuthorityIsIsTold(String issuer, boolean isTold) throws ConfigException {
        String text = ConfigFixture.with(
                "operations: [read, write]", "operations: [read, write]\n    clients: {issuers: [\"" + issuer + "\"]}");

        assertThat(warnings(text))
                .isEqualTo(
                        isTold
                                ? List.of("routes[0].clients.issuers[0]: issuer: " + issuer
                                        + " (no CA in the bundles of the route's listeners has this name;"
                                        + " capitals count)")
                                : List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"server.key", "cos-key"})
    void aSecretThatEverybodyCanReadIsTold(String name) throws Exception {
        Path world = Files.createTempDirectory(Path.of("/tmp"), "secrets");
        try {
            ConfigFixture.in(world);
            for (String secret : List.of("server.key", "cos-key")) {
                mode(world.resolve(secret), secret.equals(name) ? "rw-r--r--" : "rw-r-----");
            }
            mode(world, "rwx------");
            assertThat(open(world)).isEmpty();

            mode(world, "rwxr-xr-x");

            assertThat(open(world))
                    .singleElement()
                    .asString()
                    .contains("file: " + world.resolve(name) + " with rw-r--r-- (every user");
        } finally {
            delete(world);
        }
    }

    @Test
    void whereALinkLeadsCounts() throws Exception {
        Path world = Files.createTempDirectory(Path.of("/tmp"), "secrets");
        try {
            ConfigFixture.in(world);
            mode(world, "rwxr-xr-x");
            mode(world.resolve("cos-key"), "rw-------");
            mode(world.resolve("server.key"), "rw-------");
            Path link = Files.createSymbolicLink(directory.resolve("link.key"), world.resolve("server.key"));

            assertThat(warnings(ConfigFixture.with(
                            "{chain: server.pem, key: server.key}",
                            "{chain: " + world + "/server.pem, key: link.key}")))
                    .isEmpty();
            mode(world.resolve("server.key"), "rw-r--r--");
            assertThat(warnings(ConfigFixture.with(
                            "{chain: server.pem, key: server.key}",
                            "{chain: " + world + "/server.pem, key: link.key}")))
                    .singleElement()
                    .asString()
                    .startsWith("listeners[0].tls.certificates[0].key: file: " + link);
        } finally {
            delete(world);
        }
    }

    private static List<String> open(Path world) throws ConfigException {
        return new ConfigLoader(name -> "AKIDexample")
                .load(new ConfigSource("c.yaml", world, ConfigFixture.good()))
                .warnings();
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static void delete(Path world) throws IOException {
        try (Stream<Path> files = Files.list(world)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(world);
    }

    @ParameterizedTest
    @CsvSource({"ap-guangzhou, false", "ap-guangzou, true", "eu-frankfurt, false"})
    void aRegionThatNobodyKnowsIsAHint(String region, boolean isTold) throws ConfigException {
        String text = ConfigFixture.with("ap-guangzhou", region);

        assertThat(warnings(text).stream().anyMatch(line -> line.startsWith("origins[0].region: region: " + region)))
                .isEqualTo(isTold);
        assertThat(warnings(text.replace("    auth: sign", "    endpoint: https://cos.example.com\n    auth: sign")))
                .isEmpty();
    }
}
