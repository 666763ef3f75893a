package io.sealgate.core.cam;

import static io.sealgate.core.cam.Documents.compiled;
import static io.sealgate.core.cam.Documents.facts;
import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import io.sealgate.core.model.CosOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must hold of any policies. The seed is fixed: a failure is reproducible. */
class PolicyPropertiesTest {

    private static final int ROUNDS = 1_500;

    private static final List<String> RESOURCES = List.of(
            "*",
            "${bucket}/*",
            "${bucket}/own/*",
            "${bucket}/own/a",
            "${bucket}/own/${client.cn}/*",
            "${bucket}/${client.cn}/*",
            "${bucket}/${client.cn}",
            "${bucket}/${client.san.dns}/*",
            "${bucket}/${client.san.dns}/${client.cn}/*",
            "${bucket}/own/${client.san.uri}",
            "${bucket}/*/${client.cn}",
            "qcs::cos:*:uid/1250000000:examplebucket-*/*",
            "qcs::cos:ap-beijing:uid/1250000000:examplebucket-1250000000/*",
            "*/own/*",
            "*${bucket}/own*");

    private static final List<String> ACTIONS =
            List.of("name/cos:GetObject", "name/cos:PutObject", "name/cos:Get*", "cos:*", "*", "DeleteObject");

    private static final List<String> KEYS = List.of(
            "",
            "own/a",
            "own/dev/a",
            "dev/a",
            "dev",
            "a.example/x",
            "b.example/dev/x",
            "own/own",
            "x/dev",
            "*/a",
            "a/b/c");

    private static final List<CosOperation> OPERATIONS =
            List.of(CosOperation.GET_OBJECT, CosOperation.PUT_OBJECT, CosOperation.DELETE_OBJECT);

    /** Names that would be more than a name if they were read as patterns or paths. */
    private static final List<String> HOSTILE = List.of(
            "*",
            "**",
            "?",
            "a*",
            "*a",
            "a/b",
            "/",
            "..",
            ".",
            "a/../b",
            "${client.cn}",
            "${bucket}",
            "%2F",
            "\u0000",
            "a\nb",
            "");

    private final Random random = new Random(20261125);

    @Test
    void addingADenyNeverAllowsAnything() {
        int allowed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<DocumentNode> statements = statements();
            List<DocumentNode> more = new ArrayList<>(statements);
            more.add(random.nextInt(more.size() + 1), deny());
            Case asked = new Case(pick(OPERATIONS), pick(KEYS), client());
            boolean before = asked.isAllowedBy(compiled(statements.toArray(DocumentNode[]::new)));
            boolean after = asked.isAllowedBy(compiled(more.toArray(DocumentNode[]::new)));
            assertThat(!after || before).as(() -> asked + " of " + more).isTrue();
            allowed += before ? 1 : 0;
        }
        assertThat(allowed).as("enough was allowed for this to mean something").isGreaterThan(ROUNDS / 10);
    }

    @Test
    void neitherTheOrderOfStatementsNorOfPoliciesMatters() {
        for (int round = 0; round < ROUNDS; round++) {
            List<DocumentNode> statements = statements();
            Case asked = new Case(pick(OPERATIONS), pick(KEYS), client());
            boolean inOrder = asked.isAllowedBy(compiled(statements.toArray(DocumentNode[]::new)));
            List<DocumentNode> shuffled = new ArrayList<>(statements);
            Collections.shuffle(shuffled, random);
            Policy[] policies = shuffled.stream().map(each -> policy("p", each)).toArray(Policy[]::new);
            assertThat(asked.isAllowedBy(compiled(policies)))
                    .as(() -> asked + " of " + statements)
                    .isEqualTo(inOrder);
        }
    }

    @Test
    void whatIsDecidedIsWhatIsExplained() {
        for (int round = 0; round < ROUNDS; round++) {
            PolicySet policies = compiled(statements().toArray(DocumentNode[]::new));
            Case asked = new Case(pick(OPERATIONS), pick(KEYS), client());
            Decision decision = policies.decide(asked.operation, asked.key, facts(asked.client));
            List<Review> applying = policies.explain(asked.operation, asked.key, facts(asked.client)).stream()
                    .filter(review -> review.finding().applies())
                    .toList();
            boolean isDenied = applying.stream().anyMatch(review -> review.effect() == Effect.DENY);
            assertThat(decision.isAllowed()).as(asked::toString).isEqualTo(!isDenied && !applying.isEmpty());
            assertThat(decision.statement() == null
                            || applying.stream()
                                    .anyMatch(review -> review.statement().equals(decision.statement())))
                    .isTrue();
        }
    }

    @Test
    void aNameNeverAllowsMoreThanItself() {
        for (String name : HOSTILE) {
            PolicySet own = compiled(statement("allow", "*", "${bucket}/own/${client.cn}/*"));
            for (String key : keysAround(name)) {
                boolean isOwn = !name.isEmpty() && !name.contains("/") && key.startsWith("own/" + name + "/");
                boolean isAllowed = new Case(CosOperation.GET_OBJECT, key, device(name)).isAllowedBy(own);
                assertThat(!isAllowed || isOwn)
                        .as("name " + name + ", key " + key)
                        .isTrue();
            }
        }
    }

    @Test
    void aHostileNameIsNoWayAroundADeny() {
        PolicySet policies =
                compiled(statement("allow", "*", "*"), statement("deny", "*", "${bucket}/private/${client.cn}/*"));
        for (String name : HOSTILE) {
            Case asked = new Case(CosOperation.GET_OBJECT, "private/" + name + "/x", device(name));
            assertThat(asked.isAllowedBy(policies)).as("name " + name).isFalse();
        }
    }

    /** Every pair would be tried, for every statement of every request. */
    @Test
    void aClientOfTooManyNamesHasNone() {
        PolicySet policies = compiled(
                statement("allow", "PutObject", "${bucket}/own/${client.san.dns}/${client.san.uri}"),
                statement("allow", List.of("GetObject", "DeleteObject"), "*"),
                statement("deny", "DeleteObject", "${bucket}/own/${client.san.dns}/*"),
                statement(
                        "deny",
                        "GetObject",
                        "*",
                        Map.of(
                                "string_equal",
                                Map.of("cos:content-type", List.of("${client.san.dns}", "${client.san.uri}")))));
        for (int each : new int[] {10, 100, 101, 5_000}) {
            List<SubjectAltName> names = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                names.add(new SubjectAltName(SubjectAltName.Type.DNS, "n" + i));
                names.add(new SubjectAltName(SubjectAltName.Type.URI, "u:" + i));
            }
            Certified client = new Certified(
                    "CN=x", "x", names, "01", "CN=ca", "00", "5b", Instant.parse("2030-01-01T00:00:00Z"), List.of());
            Decision upload = policies.decide(CosOperation.PUT_OBJECT, "own/n1/u:1", facts(client));
            Decision download =
                    policies.decide(CosOperation.GET_OBJECT, "a", facts(client, "content-type", "image/png"));
            Decision deletion = policies.decide(CosOperation.DELETE_OBJECT, "own/other/a", facts(client));

            assertThat(List.of(upload.isAllowed(), download.isAllowed(), deletion.isAllowed()))
                    .containsOnly(each <= 100);
        }
    }

    @Test
    void aNameInAConditionMeansItself() {
        for (String name : HOSTILE) {
            PolicySet policies = compiled(
                    statement("allow", "*", "*", Map.of("string_like", Map.of("cos:content-type", "${client.cn}"))));
            boolean isAllowed = policies.decide(
                            CosOperation.GET_OBJECT, "a", facts(device(name), "content-type", "image/png"))
                    .isAllowed();
            assertThat(isAllowed).as("name " + name).isFalse();
        }
    }

    private List<DocumentNode> statements() {
        List<DocumentNode> statements = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            statements.add(random.nextInt(4) == 0 ? deny() : random("allow"));
        }
        return statements;
    }

    private DocumentNode deny() {
        return random("deny");
    }

    private DocumentNode random(String effect) {
        List<String> resources =
                random.nextBoolean() ? List.of(pick(RESOURCES)) : List.of(pick(RESOURCES), pick(RESOURCES));
        return switch (random.nextInt(4)) {
            case 0 ->
                statement(
                        effect,
                        pick(ACTIONS),
                        resources,
                        Map.of(pick(List.of("ip_equal", "ip_not_equal")), Map.of("qcs:ip", "10.0.0.0/8")));
            case 1 ->
                statement(
                        effect,
                        pick(ACTIONS),
                        resources,
                        Map.of(
                                pick(List.of("string_equal", "string_not_equal", "string_not_equal_if_exist")),
                                Map.of("cos:content-type", pick(List.of("${client.cn}", "a")))));
            default -> statement(effect, pick(ACTIONS), resources);
        };
    }

    private List<String> keysAround(String name) {
        return List.of(
                "own/" + name + "/x",
                "own/other/x",
                "own//x",
                "own/a/x",
                "own/b/x",
                "own/a/b/x",
                "own/x",
                "own/" + name,
                "own/${client.cn}/x",
                "own/" + Documents.BUCKET + "/x",
                "other/x");
    }

    private Certified client() {
        return random.nextInt(4) == 0 ? device(pick(HOSTILE), pick(HOSTILE)) : device("dev", "a.example", "b.example");
    }

    private static Certified device(String name, String... dnsNames) {
        List<SubjectAltName> names = new ArrayList<>();
        for (String dns : dnsNames) {
            names.add(new SubjectAltName(SubjectAltName.Type.DNS, dns));
        }
        return new Certified(
                "CN=x", name, names, "01", "CN=Fleet CA", "00", "5b", Instant.parse("2030-01-01T00:00:00Z"), List.of());
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private record Case(CosOperation operation, String key, Certified client) {
        boolean isAllowedBy(PolicySet policies) {
            return policies.decide(operation, key, facts(client)).isAllowed();
        }
    }
}
