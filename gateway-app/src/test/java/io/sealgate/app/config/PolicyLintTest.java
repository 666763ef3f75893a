package io.sealgate.app.config;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.AuthorityDirectory;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.WriteMode;
import io.sealgate.core.cam.PolicyAdvice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents with one mistake each, and good ones: see {@code src/test/resources/policies/lint}. */
class PolicyLintTest {

    private static final Path DOCUMENTS =
            Path.of("src/test/resources/policies/lint").toAbsolutePath();

    @TempDir
    private static Path directory;

    private static ConfigFixture fixture;

    @BeforeAll
    static void make() throws Exception {
        fixture = ConfigFixture.in(directory);
        AuthorityDirectory.init(
                directory.resolve("other"),
                CertificateSpec.authority("Other CA"),
                InstantSource.system(),
                WriteMode.CREATE);
    }

    static Stream<List<String>> mistakes() throws Exception {
        return PolicyRow.table("lint/mistakes.txt").filter(row -> row.size() > 2);
    }

    static Stream<List<String>> good() throws Exception {
        return PolicyRow.table("lint/mistakes.txt").filter(row -> row.size() == 2);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsFoundWithItsPlaceAndNothingElseIs(List<String> row) throws Exception {
        String said = row.get(4);
        String what = said.substring(0, said.indexOf(':'));
        String advice = PolicyAdvice.valueOf(row.get(3))
                .about(what, said.substring(what.length() + 1).strip());

        List<String> warnings = fixture.load(config(row)).warnings();

        assertThat(warnings).singleElement().asString().endsWith(' ' + row.get(2) + ": " + advice);
    }

    @ParameterizedTest
    @MethodSource("good")
    void aGoodPolicyIsLeftInPeace(List<String> row) throws Exception {
        assertThat(fixture.load(config(row)).warnings()).isEmpty();
    }

    @Test
    void everyKindOfMistakeIsAmongThem() throws Exception {
        assertThat(mistakes().map(row -> PolicyAdvice.valueOf(row.get(3))).collect(toSet()))
                .isEqualTo(Set.of(PolicyAdvice.values()));
    }

    @Test
    void everyDocumentIsListed() throws Exception {
        Set<String> listed =
                PolicyRow.table("lint/mistakes.txt").map(row -> row.get(0)).collect(toSet());

        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".json"))
                            .collect(toSet()))
                    .isEqualTo(listed);
        }
    }

    @Test
    void statementsOfTheConfigurationAreSearchedToo() throws Exception {
        String config = ConfigFixture.with("operations: [read, write]", "operations: [read]\n    policies: [own]")
                + "policies:\n  - {name: own, statements: [{effect: allow, action: GetObject, resource: '*'}]}\n";

        assertThat(fixture.load(config).warnings())
                .containsExactly("c.yaml:22: policies[0].statements[0].resource: "
                        + PolicyAdvice.ANY_RESOURCE.about("resource", "*"));
    }

    /** A route that copies is asked about reading what lies on other routes. */
    @ParameterizedTest
    @CsvSource({"'write, copy', 0", "write, 1", "'write, HeadObject', 1", "'write, SelectObjectContent', 0"})
    void anAllowThatNoRouteServesIsTold(String operations, int told) throws Exception {
        String config =
                ConfigFixture.with("operations: [read, write]", "operations: [" + operations + "]\n    policies: [own]")
                        + "policies:\n  - {name: own, statements: [{effect: allow, action: GetObject, resource: '${bucket}/a/*'}]}\n";

        assertThat(fixture.load(config).warnings()).hasSize(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "clients: {san-dns: [a.example.com]}        | clients.san-dns",
                "clients: {san-uri: ['urn:device:*']}       | clients.san-uri",
                "clients: {spiffe: 'spiffe://td/device/*'}  | clients.spiffe",
                "keys: {template: '${client.serial}/${ulid}'} | keys.template",
                "uploads: {meta: {device: '${client.cn}'}}  | uploads",
                "uploads: {tags: {device: '${client.san.dns}'}} | uploads",
                "uploads: {tags: {device: '${client.fingerprint}'}} |",
                "keys: {template: '${client.issuer.cn}/${client.cn}/${ulid}'} |",
                "clients: {issuers: [CN=Test CA], san-dns: [a.example.com]} |"
            })
    void aRouteThatGoesByNamesSaysWhoseIfSeveralCasAreTrusted(String rule, String place) throws Exception {
        String config = ConfigFixture.with("operations: [read, write]", "operations: [write]\n    " + rule)
                .replace("[ca.pem]", "[ca.pem, other/ca.pem]");

        List<String> warnings = fixture.load(config).warnings();

        assertThat(warnings)
                .hasSize(place == null ? 0 : 1)
                .allMatch(line -> line.contains("names in " + place + " and 2"));
        assertThat(fixture.load(config.replace(", other/ca.pem", "")).warnings())
                .isEmpty();
    }

    @Test
    void namesOfSeveralCasAreGoodWhereTheRouteSaysWhose() throws Exception {
        String config = config(List.of("good-own-prefix.json", "two-authorities"))
                .replace("operations:", "clients: {issuers: [CN=Test CA]}\n    operations:");

        assertThat(fixture.load(config).warnings()).isEmpty();
    }

    @Test
    void theExampleOfTheGuideIsLeftInPeace() throws Exception {
        String guide = Files.readString(Path.of("../docs/policies.md"));
        Files.writeString(directory.resolve("own-prefix.json"), heredoc(guide, "own-prefix.json"));
        Files.writeString(directory.resolve("cos-secret-id"), "AKIDexample");
        Files.writeString(directory.resolve("cos-secret-key"), "example");

        String config = heredoc(guide, "sealgate.yaml").replace("gateway.example.com", "localhost");

        assertThat(fixture.load(config).warnings()).isEmpty();
    }

    private static String heredoc(String guide, String file) {
        String start = "cat > .sealgate/policies/" + file + " <<'END'\n";
        int from = guide.indexOf(start) + start.length();
        return guide.substring(from, guide.indexOf("\nEND", from) + 1);
    }

    private static String config(List<String> row) {
        String config = ConfigFixture.with("operations: [read, write]", "operations: [all]\n    policies: [own]")
                + "policies:\n  - {name: own, document: '" + DOCUMENTS.resolve(row.get(0)) + "'}\n";
        return switch (row.get(1)) {
            case "plain" -> limited(config);
            case "unlimited" -> config;
            case "two-authorities" -> limited(config).replace("[ca.pem]", "[ca.pem, other/ca.pem]");
            default -> throw new IllegalArgumentException(row.get(1));
        };
    }

    private static String limited(String config) {
        return config.replace("policies: [own]", "policies: [own]\n    uploads: {max-size: 64MiB}");
    }
}
