package io.sealgate.core.cam;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import io.sealgate.core.model.CosOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random policies and requests get the same decision from the product and from {@link PolicyModel}. The seed is
 * fixed: a disagreement is reproducible.
 */
class PolicyDifferentialTest {

    private static final int POLICIES = 6_000;
    private static final int REQUESTS_EACH = 10;
    private static final long NOW = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

    private static final List<CosOperation> OPERATIONS = List.of(
            CosOperation.GET_OBJECT,
            CosOperation.PUT_OBJECT,
            CosOperation.DELETE_OBJECT,
            CosOperation.DELETE_MULTIPLE_OBJECTS,
            CosOperation.COPY_OBJECT,
            CosOperation.SELECT_OBJECT_CONTENT,
            CosOperation.PUT_OBJECT_ACL,
            CosOperation.PUT_OBJECT_TAGGING,
            CosOperation.PUT_OBJECT_RETENTION,
            CosOperation.HEAD_OBJECT,
            CosOperation.LIST_OBJECTS);

    private static final List<String> ACTIONS = List.of(
            "*",
            "*",
            "cos:*",
            "name/cos:Get*",
            "name/cos:Put*",
            "name/cos:*Object",
            "PutObjectCopy",
            "SelectObjectContent",
            "cos:DeleteObject",
            "DeleteMultipleObjects",
            "name/cos:GetBucket",
            "PutObjectACL");

    private static final List<String> PLACES = List.of(
            "", "qcs::cos:::", "qcs::cos:ap-guangzhou:uid/1250000000:", "qcs::cos:*:uid/125*:", "qcs::cos:ap-*:*:");

    private static final List<String> PATHS = List.of(
            "${bucket}/*",
            "${bucket}/*",
            "*",
            "*/f/*",
            "example*/f/a",
            "examplebucket-1250000000",
            "examplebucket-1250000000/",
            "otherbucket-1250000000/*",
            "${bucket}/${route}/*",
            "${bucket}/f/*a",
            "${bucket}/?");

    private static final List<String> OLDER_PATHS = List.of(
            "qcs::cos:::prefix//1250000000/examplebucket/*",
            "qcs::cos:::prefix//*/examplebucket/f/*",
            "qcs::cos:::prefix//1250000000/example*/f/*",
            "qcs::cos:::prefix//125*/examplebucket/f/a",
            "qcs::cos:::prefix//*",
            "qcs::cos:::prefix//1250000000/examplebucket*a",
            "qcs::cos:::prefix//1250000001/examplebucket/*",
            "qcs::cos:::prefix//1250000000/examplebucket/f/${client.cn}*");

    private static final List<String> KEYS = List.of(
            "f/a",
            "f/b",
            "x/f/a",
            "a",
            "f/",
            "telemetry/a",
            "dev/a",
            "f/dev",
            "a.example/a",
            "eu/dev/a",
            "?",
            "f/a*",
            "examplebucket/f/a",
            "a1/a",
            "abab/a",
            "Fleet CA/a",
            "urn:dev:3/a",
            "examplebucket-1250000000/a");

    private final Random random = new Random(20261201);
    private final PolicyTexts texts = new PolicyTexts(random);
    private final Map<String, Integer> decisions = new HashMap<>();
    private final Map<String, Integer> applied = new HashMap<>();
    private final Map<String, Integer> batches = new HashMap<>();
    private final IdentityHashMap<Map<String, Object>, List<String>> names = new IdentityHashMap<>();

    @Test
    void productAndModelAgree() {
        for (int round = 0; round < POLICIES; round++) {
            List<Map<String, Object>> policy = policy();
            PolicySet product =
                    Documents.compiled(policy.stream().map(Documents::node).toArray(DocumentNode[]::new));
            for (int i = 0; i < REQUESTS_EACH; i++) {
                compare(policy, product, request());
            }
        }

        assertThat(decisions).as("decisions").containsOnlyKeys("allow", "deny", "default");
        assertThat(decisions.values()).allSatisfy(count -> assertThat(count).isGreaterThan(POLICIES));
        assertThat(batches.keySet())
                .as("versions in batch deletes: " + batches)
                .contains(
                        "unread with a version does not",
                        "key with a version applies",
                        "key with a version does not",
                        "key without a version applies",
                        "key without a version does not");
        Stream<String> operators = Arrays.stream(Operator.values()).map(Operator::text);
        Stream<String> keys = Arrays.stream(ConditionKey.values()).map(ConditionKey::text);
        Stream<String> variables = Arrays.stream(Variable.values()).map(each -> "${" + each.text() + "}");
        assertThat(Stream.of(operators, keys, variables).flatMap(each -> each))
                .as("in statements that applied: " + applied)
                .allSatisfy(each ->
                        assertThat(applied.getOrDefault(each, 0)).as(each).isGreaterThan(10));
    }

    private void compare(List<Map<String, Object>> policy, PolicySet product, ModelRequest request) {
        List<Map<String, Object>> applying = new ArrayList<>();
        String expected = new PolicyModel(request).decide(policy, applying);
        Decision decision = product.decide(request.operation(), request.key(), request.facts());
        String decided =
                decision.statement() == null ? "default" : decision.effect() == Effect.ALLOW ? "allow" : "deny";

        assertThat(decided.equals(expected))
                .as(() -> request + "\nof " + policy + "\nis " + decided + ", expected: " + expected)
                .isTrue();
        decisions.merge(decided, 1, Integer::sum);
        applying.forEach(this::count);
        if (request.operation() == CosOperation.DELETE_MULTIPLE_OBJECTS) {
            countBatch(policy, applying, product, request);
        }
    }

    /** Of a batch delete, by whether its keys are known, what becomes of statements with a condition on a version. */
    private void countBatch(
            List<Map<String, Object>> policy,
            List<Map<String, Object>> applying,
            PolicySet product,
            ModelRequest request) {
        if (request.isUnreadBatch()) {
            boolean isDenied =
                    applying.stream().anyMatch(each -> each.get("effect").equals("deny"));
            Decision unread = product.decideOnBody(request.operation(), request.facts());
            assertThat(unread.effect() == Effect.DENY && unread.statement() != null)
                    .as(() -> request + "\nunread, of " + policy)
                    .isEqualTo(isDenied);
        }
        String kind = request.isUnreadBatch() ? "unread" : "key";
        String version = request.query().getOrDefault("versionId", "").isEmpty() ? " without " : " with ";
        for (Map<String, Object> statement : policy) {
            if (String.valueOf(statement.get("condition")).contains("cos:versionid")) {
                String holds = applying.contains(statement) ? "applies" : "does not";
                batches.merge(kind + version + "a version " + holds, 1, Integer::sum);
            }
        }
    }

    private void count(Map<String, Object> statement) {
        names.computeIfAbsent(statement, PolicyDifferentialTest::names)
                .forEach(each -> applied.merge(each, 1, Integer::sum));
    }

    private static List<String> names(Map<String, Object> statement) {
        String text = statement.toString();
        List<String> names = new ArrayList<>();
        Stream.concat(
                        Arrays.stream(ConditionKey.values()).map(key -> key.text() + '='),
                        Arrays.stream(Variable.values()).map(each -> "${" + each.text() + "}"))
                .filter(text::contains)
                .forEach(each -> names.add(each.replace("=", "")));
        if (statement.get("condition") instanceof Map<?, ?> condition) {
            condition.keySet().forEach(operator -> names.add(PolicyTexts.bare(operator)));
        }
        return names;
    }

    private List<Map<String, Object>> policy() {
        List<Map<String, Object>> policy = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            policy.add(statement());
        }
        return policy;
    }

    private Map<String, Object> statement() {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("effect", random.nextInt(3) == 0 ? "deny" : "allow");
        statement.put("action", List.of(pick(ACTIONS), pick(ACTIONS)));
        statement.put("resource", random.nextBoolean() ? resource() : List.of(resource(), resource()));
        Map<String, Object> condition = texts.condition(random.nextInt(3));
        if (!condition.isEmpty()) {
            statement.put("condition", condition);
        }
        return statement;
    }

    private String resource() {
        return switch (random.nextInt(4)) {
            case 0 -> pick(OLDER_PATHS);
            case 1 ->
                pick(PLACES) + "${bucket}/" + pick(List.of("", "f/", "*")) + texts.variable()
                        + pick(List.of("", "/*", "*"));
            default -> pick(PLACES) + pick(PATHS);
        };
    }

    private ModelRequest request() {
        CosOperation operation = pick(OPERATIONS);
        boolean isOnBucket = operation == CosOperation.LIST_OBJECTS
                || (operation == CosOperation.DELETE_MULTIPLE_OBJECTS && random.nextInt(3) == 0);
        return new ModelRequest(
                operation,
                isOnBucket ? "" : pick(KEYS),
                client(),
                texts.headers(),
                texts.query(),
                pick(List.of("gw.example", "a.example", "b.example")),
                pick(List.of("10.1.2.3", "11.0.0.1", "2001:db8::1", "::10.1.2.3", "::1")),
                pick(Arrays.asList("1.2", "1.3", null)),
                pick(Arrays.asList(null, null, -1L, 0L, 4L, 5L, 6L)),
                NOW);
    }

    private ClientIdentity client() {
        if (random.nextInt(10) == 0) {
            return new ClientIdentity.Anonymous();
        }
        List<SubjectAltName> names = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = pick(List.of("a.example", "b.example", "gw.example", "f"));
            names.add(new SubjectAltName(SubjectAltName.Type.DNS, name));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = pick(List.of("spiffe://fleet/eu/dev", "urn:dev:3", "https://a.example/f", "spiffe://fleet"));
            names.add(new SubjectAltName(SubjectAltName.Type.URI, name));
        }
        return new Certified(
                "CN=x",
                pick(Arrays.asList(
                        "dev", "dev", "f", "a/b", "..", "*", "d\u200Bev", "a\nb", null, "a", "DEV", "\u017F")),
                names,
                "a1",
                pick(List.of("CN=Fleet CA,O=x", "O=x", "CN=a,CN=b", "CN=a+CN=b", "CN=f")),
                "abab",
                "5b",
                Instant.parse("2030-01-01T00:00:00Z"),
                List.of());
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
