package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.encrypting;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.Mode;
import io.sealgate.core.config.EncryptionConfig.WhenClientSends;
import io.sealgate.core.planning.ClosedListTest.Samples;
import io.sealgate.core.request.Heads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Heads as the official SDKs send them, and what becomes of each where the gateway signs or forwards. */
class SdkHeadsTest {

    private static final String HEADS = "/io/sealgate/core/signing/sdk-requests.txt";
    private static final String PLANS = "sdk-plans.txt";

    private final PlanFixture signing = PlanFixture.signing(
            encrypting(new EncryptionConfig(Mode.NONE, null, Map.of(), WhenClientSends.KEEP), "all"));

    private final PlanFixture forwarding =
            PlanFixture.forwarding(PlanFixture.route("r", "/**", List.of("127.0.0.1"), EncryptionConfig.none(), "all"));

    @Test
    void eachSdkHeadIsPlannedAsWritten() throws IOException {
        List<String> plans = new ArrayList<>();

        heads().forEach((name, raw) -> plans.add(name + ": " + describe(signing.plan(PlanFixture.CERTIFIED, raw))));

        assertThat(plans).containsExactlyElementsOf(resource(PLANS).lines().toList());
    }

    @Test
    void forwardedSdkHeadsKeepTheirTargetHostAndSignature() throws IOException {
        heads().forEach((name, raw) -> {
            Plan plan = finish(forwarding.plan(PlanFixture.CERTIFIED, raw));
            if (plan instanceof Plan.Forward forward) {
                var sent = forward.request().toHttp();
                var head = Heads.good(raw);
                assertThat(sent.uri()).as(name).isEqualTo(head.target());
                for (String header :
                        List.of("host", "authorization", "content-md5", "x-cos-security-token", "range", "if-match")) {
                    assertThat(sent.headers().getAll(header))
                            .as(name)
                            .isEqualTo(head.headers().getAll(header));
                }
            } else {
                assertThat(name).as(describe(plan)).containsAnyOf("weird-key", "getbucketacl");
            }
        });
    }

    @Test
    void bucketInThePathIsNoPartOfTheKeyWhereTheHostIsAddressedSo() throws IOException {
        PlanFixture pathStyle = PlanFixture.signing(PlanFixture.pathStyle("/**", List.of("127.0.0.1"), "all"));

        Plan plan = pathStyle.plan(
                PlanFixture.CERTIFIED, Objects.requireNonNull(heads().get("android-sethost-pathstyle 1")));

        assertThat(describe(plan)).isEqualTo("PUT_OBJECT /dir/ps.txt");
    }

    private static String describe(Plan plan) {
        Plan done = finish(plan);
        return done instanceof Plan.Forward forward
                ? forward.operation() + " " + forward.request().toHttp().uri()
                : "refused " + PlanFixture.error(done).code();
    }

    private static Plan finish(Plan plan) {
        return plan instanceof Plan.Examine examine ? Samples.finish(examine.operation(), plan) : plan;
    }

    private static Map<String, String> heads() throws IOException {
        Map<String, String> heads = new LinkedHashMap<>();
        for (String block : resource(HEADS).split("\n\n")) {
            List<String> lines = block.lines().toList();
            String raw = String.join("\r\n", lines.subList(1, lines.size())) + "\r\n\r\n";
            heads.put(lines.get(0).substring("# ".length()), raw);
        }
        return heads;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(SdkHeadsTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
