package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule for uploads that another method or another host gets around is told. */
class UploadDetourTest {

    private static final String POLICY =
            "policies: [{name: own, statements: [{effect: allow, action: [\"*\"], resource: [\"*\"]}]}]\n";

    @TempDir
    static Path directory;

    static ConfigFixture fixture;

    @BeforeAll
    static void makeCertificates() throws IOException {
        fixture = ConfigFixture.in(directory);
    }

    /** What is told of ways around the first of these routes, without the place in the file. */
    private static List<String> detours(String... routes) throws ConfigException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < routes.length; i++) {
            String operations = routes[i].contains("operations:") ? "" : "operations: [write], ";
            text.append("  - {name: r").append(i).append(", origin: cos, ").append(operations);
            text.append(routes[i]).append("}\n");
        }
        String config = ConfigFixture.good()
                .replace("  - name: telemetry\n    origin: cos\n    operations: [read, write]\n", text);
        return fixture.load(config + POLICY).warnings().stream()
                .filter(warning -> warning.contains("under this path"))
                .map(line -> line.replaceFirst("^c.yaml:[0-9]+: ", ""))
                .toList();
    }

    /** A rule, and what a route has instead that asks less. */
    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of("uploads: {max-size: 1MiB}", ""),
                Arguments.of("uploads: {max-size: 1MiB}", ", uploads: {max-size: 2MiB}"),
                Arguments.of("uploads: {traffic-limit: 819200}", ""),
                Arguments.of("uploads: {content-types: [image/png]}", ""),
                Arguments.of(
                        "uploads: {content-types: [image/png], detect-content-type: verify}",
                        ", uploads: {content-types: [image/png]}"),
                Arguments.of("uploads: {content-types: [image/png]}", ", uploads: {content-types: [image/*]}"),
                Arguments.of(
                        "uploads: {content-types: [image/*, text/csv]}",
                        ", uploads: {content-types: [image/png, text/plain]}"),
                Arguments.of("uploads: {extensions: [png]}", ""),
                Arguments.of("uploads: {extensions: [png]}", ", uploads: {extensions: [PNG, html]}"),
                Arguments.of("uploads: {storage-class: STANDARD_IA}", ""),
                Arguments.of("uploads: {tags: {device: '${client.cn}'}}", ""),
                Arguments.of("uploads: {meta: {device: '${client.cn}'}}", ", uploads: {meta: {device: x}}"),
                Arguments.of("integrity: {upload: {content-md5: require}}", ""),
                Arguments.of("integrity: {upload: {crc64: verify}}", ", integrity: {upload: {crc64: none}}"),
                Arguments.of("encryption: {mode: sse-cos}", ""),
                Arguments.of("encryption: {mode: sse-kms}", ", encryption: {mode: sse-cos}"),
                Arguments.of("encryption: {mode: sse-cos}", ", encryption: {mode: sse-cos, when-client-sends: keep}"),
                Arguments.of("keys: {template: 'a/${ulid}'}", ""));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aRuleThatIsGotAroundIsTold(String rule, String other) throws ConfigException {
        String open = "match: {path: /**}" + other;
        Map<String, String> around = Map.of("PUT", "AppendObject", "POST", "PutObject");
        for (Map.Entry<String, String> way : around.entrySet()) {
            String limited = "match: {path: /a/**, methods: [" + way.getKey() + "]}, " + rule;

            assertThat(detours(limited, open))
                    .containsExactly("routes[0].match.methods: methods: [" + way.getKey() + "] (" + way.getValue()
                            + " of a key under this path meets route r1 otherwise, which does not ask what this one"
                            + " asks)");
            assertThat(detours(limited, "match: {path: /**}, " + rule)).isEmpty();
        }
        assertThat(detours("match: {path: /a/**, methods: [POST, PUT]}, " + rule, open))
                .isEmpty();
        assertThat(detours("match: {path: /a/**, hosts: [localhost]}, " + rule, open))
                .singleElement()
                .asString()
                .startsWith("routes[0].match.hosts: hosts: [localhost] (PutObject of a key");
    }

    /** Who gets there is not certain to be let in. */
    @Test
    void aRouteForOthersIsNoWayAround() throws ConfigException {
        String limited = "match: {path: /a/**, methods: [PUT]}, uploads: {max-size: 1MiB}";
        String admins = ", clients: {issuers: [CN=Test CA]}";

        assertThat(detours(limited, "match: {path: /**}" + admins)).isEmpty();
        assertThat(detours(limited + admins, "match: {path: /**}" + admins)).hasSize(1);
        assertThat(detours(limited + ", policies: [own]", "match: {path: /**}, policies: [own]"))
                .hasSize(1);
        assertThat(detours(limited, "match: {path: /**}, policies: [own]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {content-types: [image/*, text/csv]} | {content-types: [image/png, image/*]}
            {extensions: [png, html]}            | {extensions: [PNG]}
            {max-size: 2MiB}                     | {max-size: 1MiB}
            {tags: {a: b}}                       | {tags: {a: b, c: d}}
            {forbid-overwrite: true}             | {forbid-overwrite: head-first}
            """)
    void aStricterRuleIsNoWayAround(String rule, String stricter) throws ConfigException {
        assertThat(detours(
                        "match: {path: /a/**, methods: [PUT]}, uploads: " + rule,
                        "match: {path: /**}, uploads: " + stricter))
                .isEmpty();
    }

    @Test
    void overwritingIsNoMatterOfAppends() throws ConfigException {
        String careful = "match: {path: /a/**, methods: [PUT]}, uploads: {forbid-overwrite: true}";

        assertThat(detours(careful, "operations: [AppendObject]")).isEmpty();
        assertThat(detours(careful, "operations: [write]"))
                .singleElement()
                .asString()
                .contains("InitiateMultipartUpload");
    }
}
