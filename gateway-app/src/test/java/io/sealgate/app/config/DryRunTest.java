package io.sealgate.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.app.DryRun;
import io.sealgate.core.cam.Effect;
import io.sealgate.core.cam.Review;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.planning.Plan;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is explained must be what is done: the planner's verdict on every row of the policy table, beside the statements that are shown for it. */
class DryRunTest {

    @TempDir
    private static Path directory;

    private static ConfigFixture fixture;

    @BeforeAll
    static void make() throws Exception {
        fixture = ConfigFixture.in(directory);
    }

    /** Those whose connection is the ordinary one. */
    static Stream<List<String>> decisions() throws Exception {
        return PolicyRow.table("decisions.txt")
                .filter(row -> !row.get(2).contains("@tls") && !row.get(2).contains("@host"))
                .filter(row -> !row.get(2).contains("@ip") && !row.get(2).contains("@now"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void theStatementsThatAreShownAreTheReasonForTheVerdict(List<String> row) throws Exception {
        GatewayConfig config = fixture.load(config(row.get(0))).config();
        PolicyRow request = PolicyRow.parse(PolicyTableTest.CLIENTS.get(row.get(1)), row.get(2));
        DryRun dryRun = DryRun.of(config, config.listeners().get(0));

        Plan plan = dryRun.plan(request.connection().identity(), InetAddress.getByName("10.1.2.3"), request.head());

        List<DryRun.Question> asked = dryRun.questions();
        if (plan instanceof Plan.Reply reply && reply.error() instanceof GatewayError.Denied denied) {
            DryRun.Question last = asked.get(asked.size() - 1);
            String statement = denied.statement();
            assertThat(last.decision().isAllowed()).isFalse();
            List<String> denies = applying(last, Effect.DENY);
            if (statement == null) {
                assertThat(denies).isEmpty();
                assertThat(applying(last, Effect.ALLOW)).isEmpty();
            } else {
                assertThat(denies).contains(statement);
            }
        } else if (asked.stream()
                        .map(question -> question.decision().isAllowed())
                        .distinct()
                        .count()
                > 1) {
            assertThat(plan).as("readings of the key that disagree").isInstanceOf(Plan.Reply.class);
        } else {
            assertThat(asked).isNotEmpty().allSatisfy(question -> {
                assertThat(question.decision().isAllowed()).isTrue();
                assertThat(applying(question, Effect.DENY)).isEmpty();
                if (question.decision().statement() != null) {
                    assertThat(applying(question, Effect.ALLOW))
                            .contains(question.decision().statement().toString());
                }
            });
        }
        assertThat(asked.get(0).decision().isAllowed()).isEqualTo(row.get(3).startsWith("allow"));
    }

    private static List<String> applying(DryRun.Question question, Effect effect) {
        return question.reviews().stream()
                .filter(review -> review.effect() == effect && review.finding().applies())
                .map(Review::statement)
                .map(Object::toString)
                .toList();
    }

    private static String config(String names) {
        String policies = Stream.of(names.split(","))
                .map(name -> "  - {name: " + name + ", document: '"
                        + Path.of("src/test/resources/policies/" + name + ".json")
                                .toAbsolutePath() + "'}\n")
                .collect(Collectors.joining());
        return ConfigFixture.with(
                        "operations: [read, write]",
                        "operations: [all]\n    match: {hosts: [gw.example]}\n    clients: {anonymous: allow}\n"
                                + "    policies: [" + names + "]")
                + "policies:\n" + policies;
    }
}
