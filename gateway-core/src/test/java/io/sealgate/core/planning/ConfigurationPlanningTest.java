package io.sealgate.core.planning;

import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static io.sealgate.core.planning.PlanFixture.route;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes a bucket is served to those whom somebody named, and read before it goes on. */
class ConfigurationPlanningTest {

    private static final String BUCKET = "${bucket}/";

    private final PlanFixture planner = PlanFixture.signing(route("/**", "all", "configuration", "lock", "restore"));

    static Stream<CosOperation> guarded() {
        return Arrays.stream(CosOperation.values())
                .filter(operation -> !operation.group().isInAll());
    }

    static Stream<CosOperation> documented() {
        return Arrays.stream(CosOperation.values())
                .filter(operation -> operation.is(CosOperation.Trait.CHECKS_CONTROL_BODY));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void allDoesNotServeThem(CosOperation operation) {
        PlanFixture all = PlanFixture.signing(route("/**", "all"));

        Plan plan = all.plan(ClosedListTest.Samples.line(operation), ClosedListTest.Samples.headers(operation));

        assertThat(PlanFixture.error(plan)).isEqualTo(new GatewayError.Denied("Access Denied.", "operation"));
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void policiesAllowThemByTheirNames(CosOperation operation) {
        Policy own = policy("own", statement("allow", "name/cos:" + operation.action(), "${bucket}/*"));
        Policy others = policy("others", statement("allow", otherActions(operation), "${bucket}/*"));

        assertThat(plan(own, operation)).isNotInstanceOf(Plan.Reply.class);
        assertThat(reason(plan(others, operation))).isEqualTo("policy-default");
    }

    private static List<String> otherActions(CosOperation operation) {
        return Arrays.stream(CosOperation.values())
                .filter(other -> other != operation)
                .map(CosOperation::action)
                .distinct()
                .toList();
    }

    private static Plan plan(Policy policy, CosOperation operation) {
        return PlanFixture.ruledServing(List.of(operation.label()), policy)
                .plan(ClosedListTest.Samples.line(operation), ClosedListTest.Samples.headers(operation));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void documentsNeedTheirRootAndAreReadWhole(CosOperation operation) {
        for (String document : List.of("<Wrong/>", "<a", "", "[]", "x")) {
            Plan.Examine examine = examine(operation);

            boolean isGood = document.isEmpty() && DocumentForm.of(operation).isOptional();
            Plan plan = examine.then().apply(document.getBytes(UTF_8));
            assertThat(plan).as(operation + document).isInstanceOf(isGood ? Plan.Forward.class : Plan.Reply.class);
        }
        assertThat(planner.refusal(
                        ClosedListTest.Samples.line(operation),
                        "Content-Length: " + (DocumentForm.of(operation).mostBytes() + 1)))
                .isEqualTo(CosErrorCode.ENTITY_TOO_LARGE);
    }

    @ParameterizedTest
    @MethodSource("documented")
    void documentsGoOnByteForByteAndInS3sWordsWithADigest(CosOperation operation) {
        Plan.Examine examine = (Plan.Examine) planner.plan(
                ClosedListTest.Samples.line(operation),
                ClosedListTest.Samples.headers(operation, "x-amz-content-sha256: UNSIGNED-PAYLOAD"));

        var request = PlanFixture.forwarded(ClosedListTest.Samples.finish(operation, examine));

        int length = request.body().length;
        assertThat(request.toHttp().headers().get("content-length")).isEqualTo("" + length);
        assertThat(request.toHttp().headers().get("content-md5")).isEqualTo("md5 of " + length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\" : [1, -0.5e+3, true, false, null, \"\\u00e4\\n\u4e2d\\ud83d\\ude00\", {}, []]}\n",
                "{\"version\":\"2.0\",\"Statement\":[{\"Effect\":\"allow\"},{\"Effect\":\"deny\"}]}"
            })
    void bucketPolicyIsOneJsonObject(String document) {
        Plan plan = examine(CosOperation.PUT_BUCKET_POLICY).then().apply(document.getBytes(UTF_8));

        assertThat(PlanFixture.forwarded(plan).body()).isEqualTo(document.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"{}\"",
                "{",
                "{}{}",
                "{} x",
                "{}\u0000",
                "\uFEFF{}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\" 1}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":NaN}",
                "{\"a\":True}",
                "{\"a\":truex}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"b}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":/**/1}",
                "{\"a\":1}//",
                "<Policy/>"
            })
    void aPolicyThatTwoParsersCouldReadDifferentlyIsMalformed(String document) {
        Plan plan = examine(CosOperation.PUT_BUCKET_POLICY).then().apply(document.getBytes(UTF_8));

        assertThat(PlanFixture.error(plan).code()).isEqualTo(CosErrorCode.MALFORMED_POLICY);
    }

    @Test
    void aPolicyOfGreatDepthOrInAnotherEncodingIsMalformed() {
        String deep = "{\"a\":" + "[".repeat(100_000);

        for (byte[] body : List.of(
                deep.getBytes(UTF_8), "{}".getBytes(UTF_16), new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})) {
            assertThat(PlanFixture.error(examine(CosOperation.PUT_BUCKET_POLICY)
                                    .then()
                                    .apply(body))
                            .code())
                    .isEqualTo(CosErrorCode.MALFORMED_POLICY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-cos-acl: private", "x-cos-grant-read: id=\"1\"", "x-amz-acl: private"})
    void aNewBucketWithAnAclNeedsPermissionForIt(String header) {
        Policy bucket = policy("bucket", statement("allow", "PutBucket", BUCKET));
        Policy acl = policy("acl", statement("allow", "PutBucketACL", BUCKET));
        Policy object = policy("object", statement("allow", "PutObjectACL", BUCKET));
        List<String> served = List.of("configuration", "acl");

        assertThat(reason(PlanFixture.ruledServing(served, bucket, object).plan("PUT /", header)))
                .isEqualTo("policy-default");
        assertThat(PlanFixture.ruledServing(served, bucket, acl).plan("PUT /", header))
                .isInstanceOf(Plan.Forward.class);
        assertThat(PlanFixture.signing(route("/**", "PutBucket", "acl")).refusal("PUT /", header))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /", "PUT /?acl"})
    void everybodyMayWriteABucketOnlyWhereAPolicySaysSo(String line) {
        Policy all = policy("all", statement("allow", "*", BUCKET));
        Policy named = policy(
                "named",
                statement(
                        "allow",
                        "PutBucketACL",
                        BUCKET,
                        Map.of("string_equal_if_exist", Map.of("cos:x-cos-acl", "public-read-write"))));
        List<String> served = List.of("configuration");

        for (String header : List.of(
                "x-cos-acl: public-read-write",
                "x-cos-grant-write: uri=\"http://cam.qcloud.com/groups/global/AllUsers\"")) {
            assertThat(reason(planner.plan(line, header))).isEqualTo("public-write");
            assertThat(reason(PlanFixture.ruledServing(served, all).plan(line, header)))
                    .isEqualTo("policy-default");
            assertThat(PlanFixture.ruledServing(served, all, named).plan(line, header))
                    .isInstanceOf(Plan.Forward.class);
        }
    }

    @Test
    void noDocumentIsAWayAroundThat() {
        String document = "<AccessControlPolicy><AccessControlList><Grant><Grantee><ID>qcs::cam::anyone:anyone</ID>"
                + "</Grantee><Permission>WRITE</Permission></Grant></AccessControlList></AccessControlPolicy>";

        assertThat(reason(examine(CosOperation.PUT_BUCKET_ACL).then().apply(document.getBytes(UTF_8))))
                .isEqualTo("public-write");
    }

    /** The bucket is not under {@code /own/}. */
    @Test
    void aRouteToAPartOfTheBucketDoesNotConfigureIt() {
        PlanFixture part = PlanFixture.signing(route("/own/**", "configuration", "list"));

        for (String line : List.of("PUT /?cors", "GET /?policy", "DELETE /", "GET /?location", "GET /?versions")) {
            assertThat(part.refusal(line)).isEqualTo(CosErrorCode.NO_SUCH_ROUTE);
        }
        assertThat(part.sent("GET /?versions&prefix=own%2F").uri()).isEqualTo("/?versions&prefix=own%2F");
    }

    @Test
    void preflightsAreSentWithWhatTheyAskAlone() {
        var sent = planner.sent(
                "OPTIONS /k?uploads",
                "Origin: https://a.example",
                "Access-Control-Request-Method: PUT",
                "Access-Control-Request-Headers: content-md5",
                "Cookie: a=b");

        assertThat(sent.method().name()).isEqualTo("OPTIONS");
        assertThat(sent.headers().names())
                .containsExactlyInAnyOrder(
                        "host",
                        "origin",
                        "access-control-request-method",
                        "access-control-request-headers",
                        "authorization");
    }

    @Test
    void preflightsHaveNoBody() {
        assertThat(planner.refusal("OPTIONS /k", "Content-Length: 3")).isEqualTo(CosErrorCode.INVALID_REQUEST);
    }

    private Plan.Examine examine(CosOperation operation) {
        return (Plan.Examine)
                planner.plan(ClosedListTest.Samples.line(operation), ClosedListTest.Samples.headers(operation));
    }

    private static String reason(Plan plan) {
        return ((GatewayError.Denied) PlanFixture.error(plan)).reason();
    }
}
