package io.sealgate.core.planning;

import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static io.sealgate.core.planning.PlanFixture.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.DocumentNode;
import io.sealgate.core.cam.PolicySource;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.DecisionListener.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Routes and policies at random: no request does to another resource what a request of its own could not do, and the
 * record of decisions says what became of the request.
 */
class SecondResourcePolicyTest {

    private static final int TABLES = 12;

    private static final List<String> PATHS = List.of("/a/**", "/a/b/**", "/a/b", "/device-1/**", "/b/**", "/a");
    private static final List<String> KEYS =
            List.of("a", "a/b", "a/b/c", "a/c", "device-1/x", "device-10/x", "b/c", "z", "a//b", "a/b//c", "a+b/c");
    private static final List<String> RESOURCES = List.of(
            "${bucket}/*", "${bucket}/*", "${bucket}/a/*", "${bucket}/a/b*", "${bucket}/${client.cn}/*", "${bucket}/");
    private static final List<String> ACTIONS = List.of(
            "*", "*", "GetObject", "DeleteObject", "PutObject", "GetObjectTagging", "GetBucket", "PutObjectTagging");
    private static final List<Map<String, ?>> CONDITIONS = List.of(
            Map.of("null_equal", Map.of("cos:versionid", "true")),
            Map.of("string_equal", Map.of("cos:versionid", "v")),
            Map.of("string_equal", Map.of("cos:content-type", "application/xml")),
            Map.of("null_equal", Map.of("cos:content-length", "true")),
            Map.of("numeric_greater_than", Map.of("cos:content-length", "5")),
            Map.of("string_like", Map.of("cos:prefix", "a%2F*")));
    private static final String[] OPERATIONS = {
        "read", "write", "copy", "DeleteObject", "DeleteMultipleObjects", "list", "tagging"
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noRequestDoesToAnotherResourceWhatItsOwnCouldNotDo(boolean signs) {
        int permitted = 0;
        for (int seed = 0; seed < TABLES; seed++) {
            PlanFixture fixture = fixture(seed, signs);
            for (String key : KEYS) {
                for (String version : List.of("", "?versionId=v")) {
                    permitted += copies(fixture, seed, key, version);
                    permitted += deletes(fixture, seed, key, version);
                }
            }
            permitted += lists(fixture, seed);
        }
        assertThat(permitted).isGreaterThan(TABLES);
    }

    private static int copies(PlanFixture fixture, int seed, String key, String version) {
        int permitted = 0;
        String source = "x-cos-copy-source: " + HOST + "/" + key + version;
        for (String target : List.of("z", "a/b/z", "device-1/z")) {
            boolean readsTags = isSent(fixture, "GET /" + target + "?tagging");
            String tags = "GET /" + key + version + (version.isEmpty() ? "?" : "&") + "tagging";
            for (String part : List.of("", "?partNumber=1&uploadId=u")) {
                if (isSent(fixture, "PUT /" + target + part, source, "Content-Type: application/xml")) {
                    assertThat(isSent(fixture, "GET /" + key + version))
                            .as("table %d, copy of %s%s to %s", seed, key, version, target)
                            .isTrue();
                    assertThat(!part.isEmpty() || !readsTags || isSent(fixture, tags))
                            .as("table %d, tags of %s%s to %s", seed, key, version, target)
                            .isTrue();
                    permitted++;
                }
            }
        }
        return permitted;
    }

    private static int deletes(PlanFixture fixture, int seed, String key, String version) {
        Plan plan = fixture.plan("POST /?delete", "Content-Length: 100", "Content-Type: application/xml");
        String item = SecondResourceTest.item(key, version.isEmpty() ? "" : "v");
        Plan then =
                plan instanceof Plan.Examine examine ? examine.then().apply(SecondResourceTest.document(item)) : plan;
        if (!(then instanceof Plan.Forward)) {
            return 0;
        }
        assertThat(isSent(fixture, "DELETE /" + key + version))
                .as("table %d, delete of %s%s", seed, key, version)
                .isTrue();
        return 1;
    }

    private static int lists(PlanFixture fixture, int seed) {
        int permitted = 0;
        for (String kind : List.of("", "versions&", "uploads&")) {
            for (String prefix : List.of("", "a", "a/", "a/b/", "device")) {
                if (!isSent(fixture, "GET /?" + kind + "prefix=" + prefix)) {
                    continue;
                }
                permitted++;
                for (String narrower : List.of("a/", "a/b/", "device-1/", "b/")) {
                    boolean isMet = fixture.plan("GET /?" + kind + "prefix=" + narrower)
                            .route()
                            .path()
                            .prefix()
                            .equals(narrower);
                    if (narrower.startsWith(prefix) && isMet) {
                        assertThat(isSent(fixture, "GET /?" + kind + "prefix=" + narrower))
                                .as("table %d, %s list of %s, with %s", seed, kind, prefix, narrower)
                                .isTrue();
                    }
                }
            }
        }
        return permitted;
    }

    private static boolean isSent(PlanFixture fixture, String line, String... headers) {
        int before = fixture.decisions().size();
        Plan plan = fixture.plan(line, headers);
        List<Decision> told =
                fixture.decisions().subList(before, fixture.decisions().size());
        if (plan instanceof Plan.Forward) {
            assertThat(told).as(line).isNotEmpty().allMatch(decision -> decision.denial() == null);
        } else if (PlanFixture.error(plan) instanceof GatewayError.Denied denied) {
            assertThat(told).as(line).anyMatch(decision -> denied.equals(decision.denial()));
        }
        return plan instanceof Plan.Forward;
    }

    private static PlanFixture fixture(int seed, boolean signs) {
        Random random = new Random(seed);
        List<RouteConfig> routes = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            routes.add(draft(random, "r" + i, PATHS.get(random.nextInt(PATHS.size())), seed)
                    .serving(served(random)));
        }
        routes.add(draft(random, "all", "/**", seed).serving(served(random)));
        PolicySource policies = name -> Optional.of(() -> policy(name, statements(new Random(name.hashCode()))));
        return PlanFixture.of(signs, policies, PlanFixture.NO_LISTS, routes);
    }

    private static RouteDraft draft(Random random, String name, String path, int seed) {
        RouteDraft draft = RouteDraft.at(name, path);
        return random.nextInt(3) == 0 ? draft : draft.policies(name + "-" + seed + "-" + random.nextInt(9));
    }

    private static String[] served(Random random) {
        List<String> served = new ArrayList<>(List.of("HeadObject"));
        for (String operation : OPERATIONS) {
            if (random.nextInt(6) != 0) {
                served.add(operation);
            }
        }
        return served.toArray(String[]::new);
    }

    private static DocumentNode[] statements(Random random) {
        List<DocumentNode> statements = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            String effect = i == 0 || random.nextInt(3) == 0 ? "allow" : "deny";
            String action = ACTIONS.get(i == 0 ? 0 : random.nextInt(ACTIONS.size()));
            String resource = RESOURCES.get(i == 0 ? 0 : random.nextInt(RESOURCES.size()));
            statements.add(
                    random.nextInt(3) == 0
                            ? statement(effect, action, resource, CONDITIONS.get(random.nextInt(CONDITIONS.size())))
                            : statement(effect, action, resource));
        }
        return statements.toArray(DocumentNode[]::new);
    }
}
