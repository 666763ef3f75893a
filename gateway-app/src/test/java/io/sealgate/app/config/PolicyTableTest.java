package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.Decision;
import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicyParser;
import io.sealgate.core.cam.PolicySet;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies as files, requests and what is to come of them as tables: see {@code src/test/resources/policies}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyTableTest {

    private static final String BUCKET = "examplebucket-1250000000";

    private static final String ALLOW = "{effect: allow, action: '*', resource: '*'}";

    static final Map<String, ClientIdentity> CLIENTS = Map.ofEntries(
            Map.entry("anonymous", new ClientIdentity.Anonymous()),
            Map.entry(
                    "device",
                    client(
                            "device-1",
                            "CN=Fleet CA,O=Fleet",
                            name(SubjectAltName.Type.DNS, "device-1.fleet.example"),
                            name(SubjectAltName.Type.DNS, "spare.fleet.example"),
                            name(SubjectAltName.Type.URI, "spiffe://fleet/eu/device-1"))),
            Map.entry("other", client("device-2", "CN=Other CA")),
            Map.entry("urn", client("device-3", "O=Nameless", name(SubjectAltName.Type.URI, "urn:dev:3"))),
            Map.entry("noname", client(null, "O=Nameless")),
            Map.entry("star", client("*", "CN=Fleet CA")),
            Map.entry("question", client("?", "CN=Fleet CA")),
            Map.entry("slash", client("device-1/x", "CN=Fleet CA")),
            Map.entry("dots", client("..", "CN=Fleet CA")),
            Map.entry("control", client("a\nb", "CN=Fleet CA")));

    private final Map<String, PolicySet> compiled = new HashMap<>();

    static Stream<List<String>> decisions() throws Exception {
        return PolicyRow.table("decisions.txt");
    }

    static Stream<List<String>> conditions() throws Exception {
        return PolicyRow.table("conditions.txt");
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void policiesDecide(List<String> row) {
        PolicySet policies = compiled.computeIfAbsent(row.get(0), PolicyTableTest::load);
        PolicyRow request = PolicyRow.parse(CLIENTS.get(row.get(1)), row.get(2));

        Decision decision = policies.decide(request.operation(), request.key(), request);

        String statement = decision.statement() == null ? "" : " " + decision.statement();
        assertThat((decision.isAllowed() ? "allow" : "deny") + statement).isEqualTo(row.get(3));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void conditionsHold(List<String> row) throws Exception {
        String statement =
                "action: '*', resource: '*', condition: {" + row.get(0).replaceAll("([a-z_]) \\{", "$1: {") + "}}";
        PolicySet allow = parse("[{effect: allow, " + statement + "]");
        PolicySet deny = parse("[" + ALLOW + ", {effect: deny, " + statement + "]");
        PolicyRow request = PolicyRow.parse(CLIENTS.get("device"), row.get(1));

        boolean allows =
                allow.decide(request.operation(), request.key(), request).isAllowed();
        boolean denies =
                !deny.decide(request.operation(), request.key(), request).isAllowed();

        assertThat(List.of(allows ? "yes" : "no", denies ? "yes" : "no")).isEqualTo(row.subList(2, 4));
    }

    @Test
    void documentThatIsBadInAnyPartIsRefusedWithItsPlace() throws Exception {
        Problems problems = new Problems();

        assertThat(PolicyFile.read("bad", file("bad.txt"), problems, "policies[0].document"))
                .isEmpty();

        assertThat(problems.lines())
                .extracting(line -> line.replaceAll("/\\S*/", ""))
                .containsExactly(
                        "policies[0].document: bad.txt:4: statement[0].effect: effect: none (expected: allow or deny)",
                        "policies[0].document: bad.txt:5: statement[0].Effect: unknown element"
                                + " (expected: action, condition, effect, resource)",
                        "policies[0].document: bad.txt:6: statement[0].action: given twice"
                                + " (expected: once; again on line 7)");
    }

    private static PolicySet load(String names) {
        Problems problems = new Problems();
        List<Policy> policies = Stream.of(names.split(","))
                .flatMap(name -> PolicyFile.read(name, file(name + ".json"), problems, "policy").stream())
                .toList();
        assertThat(problems.lines()).isEmpty();
        return PolicySet.compile(policies, BUCKET, "ap-guangzhou", "telemetry");
    }

    private static PolicySet parse(String statements) throws Exception {
        Problems problems = new Problems();
        YamlNode tree =
                YamlTree.read("statements: " + statements, problems).entries().get("statements");
        Policy policy = PolicyParser.statements(
                "p",
                ((YamlNode.Sequence) tree)
                        .items().stream().map(PolicyFile::node).toList(),
                problems,
                "statements");
        assertThat(problems.lines()).isEmpty();
        return PolicySet.compile(List.of(policy), BUCKET, "ap-guangzhou", "telemetry");
    }

    private static Path file(String name) {
        return Path.of("src/test/resources/policies").resolve(name).toAbsolutePath();
    }

    private static Certified client(String commonName, String issuer, SubjectAltName... names) {
        return new Certified(
                "CN=x",
                commonName,
                List.of(names),
                "a1",
                issuer,
                "ab".repeat(32),
                "cd".repeat(32),
                Instant.parse("2030-01-01T00:00:00Z"),
                List.of());
    }

    private static SubjectAltName name(SubjectAltName.Type type, String value) {
        return new SubjectAltName(type, value);
    }
}
