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
        assertThat(warnings(routes(first, second))).noneMatch(warning -> warning.contains("all that it matches"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            match: {path: /a/**} | [configuration] | configuration | NONE
            match: {path: /a/**} | [read, HeadBucket] | HeadBucket | NONE
            match: {path: /a} | [list, read] | list | NONE
            match: {path: /} | [read, configuration] | read | NONE
            match: {methods: [GET]} | [read, copy] | copy | NONE
            match: {methods: [PUT]} | [write, delete] | delete | NONE
            match: {methods: [GET, PUT]} | [read, SelectObjectContent] | SelectObjectContent | NONE
            match: {path: /a/**} | [read, DeleteMultipleObjects] | DeleteMultipleObjects | TAKEN
            """)
    void whatARouteServesAndNobodyCanAskForIsTold(String match, String operations, String word, String why)
            throws ConfigException {
        String first = "origin: cos, operations: [delete], match: {path: /x/**}";
        String reason = why.equals("TAKEN")
                ? "taken by first before it"
                : "path and methods of the route leave no request for it";

        assertThat(warnings(routes(first, match + ", operations: " + operations).replace("name: r0", "name: first")))
                .filteredOn(warning -> warning.contains("operation: "))
                .singleElement()
                .asString()
                .matches("routes\\[1]\\.operations\\[[01]]: \\Qoperation: " + word + " (can never apply: " + reason
                        + ")\\E");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "match: {path: /a/**}, operations: [all, lock]",
                "match: {path: /**}, operations: [all, lock, restore, configuration]",
                "match: {path: /a/**}, operations: [list, GetBucket, ListMultipartUploads]",
                "match: {path: /a}, operations: [read, write, copy, delete, tagging, acl, DeleteMultipleObjects]",
                "match: {path: /}, operations: [configuration, GetBucketLocation, list]",
                "match: {methods: [GET]}, operations: [read, write, list]",
                "match: {methods: [POST]}, operations: [write, delete, SelectObjectContent]"
            })
    void whatSomebodyCanAskForIsNot(String route) throws ConfigException {
        assertThat(warnings(routes(route))).isEmpty();
    }

    @Test
    void whatOnlyRoutesNameThatNeverApplyHasNoEffect() throws ConfigException {
        String text = routes(
                        "match: {path: /a/**}",
                        "match: {path: /a/b/**}, policies: [idle]",
                        "match: {path: /c/**}, policies: [idle]",
                        "match: {path: //**}, origin: idle")
                .replace("management:", IDLE_POLICY + "management:")
                .replace(
                        SECOND_ORIGIN,
                        "  - {name: idle, bucket: third-1250000000, region: ap-guangzhou, auth: forward}\n"
                                + SECOND_ORIGIN);

        assertThat(warnings(text)).contains("origins[1].name: origin: idle (no route that can apply names it)");
        assertThat(warnings(text)).noneMatch(warning -> warning.contains("policy: "));
        assertThat(warnings(text.replace("match: {path: /c/**}, policies: [idle]", "match: {path: /c/**}")))
                .contains("policies[0].name: policy: idle (no route that can apply names it)");
    }

    @Test
    void batchDeletesMeetARouteWhosePathHasNoKeys() throws ConfigException {
        String second = "match: {path: /b/**}, operations: [delete]";
        String only = "; only batch deletes, which have no path, meet this route)";

        assertThat(warnings(routes("match: {path: //**}, operations: [delete]", second)))
                .singleElement()
                .asString()
                .startsWith("routes[0].match.path: path: //** (can never apply")
                .endsWith(only);
        assertThat(warnings(routes(second, "match: {path: //**}, operations: [delete]")))
                .singleElement()
                .asString()
                .doesNotContain(only);
    }

    @Test
    void aPathOfTheGreatestLengthHasAKey() throws ConfigException {
        assertThat(warnings(routes("match: {path: /" + "a".repeat(849) + "/**}")))
                .isEmpty();
        assertThat(warnings(routes("match: {path: /" + "a".repeat(850) + "/**}")))
                .anyMatch(warning -> warning.contains("can never apply"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            a..localhost
            localhost.
            .localhost
            b\u00fccher.localhost
            a b.localhost
            "[::1]:443"
            "[host]"
            other-1250000000.cos.ap-guangzhou.myqcloud.com
            examplebucket-1250000000.cos.ap-beijing.myqcloud.com
            "*.cos.ap-guangzhou.myqcloud.com"
            cos.ap-beijing.myqcloud.com
            examplebucket-1250000000.file.myqcloud.com
            service.cos.myqcloud.com
            myqcloud.com
            """)
    void aHostThatNoRequestIsFoundByIsTold(String host) throws ConfigException {
        assertThat(warnings(routes("match: {hosts: [\"" + host + "\", localhost]}")))
                .containsExactly("routes[0].match.hosts[0]: host: " + host
                        + " (can never apply: it is no host name, or one of COS's that is not the bucket's)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "match: {path: /a/**, methods: [GET]}, CA" | match: {path: /**} | methods | HeadObject
            "match: {path: /a/**, methods: [GET, HEAD]}, CA" | match: {path: /**} | methods | SelectObjectContent
            "match: {path: /a, methods: [GET]}, CA" | "match: {path: /a, methods: [POST]}" | methods | SelectObjectContent
            "match: {path: /a/**, methods: [GET, HEAD]}, operations: [list]" | match: {} | methods | SelectObjectContent
            "match: {path: /a/**, methods: [PUT]}, operations: [tagging]" | operations: [write] | methods | AppendObject
            "match: {path: /a, methods: [PUT]}, operations: [write], CA" | operations: [write] | methods | AppendObject
            "match: {path: /a/**, hosts: [localhost]}, CA" | match: {path: /**} | hosts | GetObject
            "match: {path: /a/**, hosts: [localhost]}, operations: [write]" | operations: [read] | hosts | GetObject
            """)
    void aRouteThatIsGotAroundIsTold(String first, String second, String where, String what) throws ConfigException {
        assertThat(warnings(guarded(first, second)).stream().filter(warning -> !warning.contains("can never apply")))
                .singleElement()
                .asString()
                .startsWith("routes[0].match." + where + ": " + where + ": [")
                .contains("] (" + what + " of a key under this path meets route r1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            "match: {path: /a/**}, CA" | match: {path: /**}
            "match: {path: /a/**, methods: [GET, HEAD]}" | match: {path: /**}
            "match: {path: /a/**, methods: [GET, HEAD, POST]}, CA" | match: {path: /**}
            "match: {path: /a/**, methods: [GET, HEAD]}, CA" | operations: [write]
            "match: {path: /a/**, methods: [GET, HEAD]}, CA" | "operations: [read], CA"
            "match: {path: /a/**, methods: [GET, HEAD]}, CA" | match: {path: /b/**}
            "match: {path: /a/**, methods: [GET, HEAD]}, CA" | "origin: other"
            "match: {path: /a/**, methods: [GET, HEAD]}, operations: [write]" | operations: [write]
            "match: {path: /a/**, hosts: [localhost]}" | match: {path: /**}
            "match: {path: /a/**, hosts: [localhost]}, CA" | match: {path: /a/**}
            "match: {path: /a/**, hosts: [localhost]}, CA" | "match: {path: /**, hosts: [b.localhost]}"
            "match: {path: /a/**, hosts: [localhost]}, CA" | "origin: other"
            "match: {path: /a/**, hosts: [localhost]}, CA" | operations: [list]
            "match: {path: /a/**, hosts: [localhost]}, CA, origin: other" | origin: other
            """)
    void aRouteThatIsNotGotAroundIsNot(String first, String second) throws ConfigException {
        assertThat(warnings(guarded(first, second))).noneMatch(warning -> warning.contains("under this path"));
    }

    /** Routes of which those with {@code CA} are for the clients of one CA. */
    private static String guarded(String... routes) {
        return routes(Stream.of(routes)
                .map(route -> route.replace(", CA", ", clients: {issuers: [CN=Test CA]}"))
                .toArray(String[]::new));
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
    @ValueSource(strings = {"/**", "/a/**", "/a/", "/...", "/.a/**", "/a b+c/**", "/a\u0394/**", "/a\\b"})
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
    @CsvSource({"none, replace, true", "sse-cos, replace, false", "none, keep, false", "none, reject, false"})
    void whatReplacesAStatementByNoneIsTold(String mode, String when, boolean isTold) throws ConfigException {
        List<String> warnings = warnings(routes("encryption: {mode: " + mode + ", when-client-sends: " + when + "}"));

        assertThat(warnings.stream().anyMatch(warning -> warning.contains("encryption.when-client-sends: ")))
                .isEqualTo(isTold);
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
