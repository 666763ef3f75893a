package io.sealgate.core.planning;

import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.error.GatewayError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which questions a request puts to policies. What they answer has tests of its own. */
class PolicyPlanningTest {

    private static final String ALL = "${bucket}/*";

    private static final Policy UPLOADS =
            policy("uploads", statement("allow", List.of("PutObject", "InitiateMultipartUpload"), "${bucket}/own/*"));

    @Test
    void whatNoPolicyAllowsIsDenied() {
        PlanFixture fixture = PlanFixture.ruled(true, UPLOADS);

        assertThat(denial(fixture.plan("PUT /other/a", "Content-Length: 0")))
                .isEqualTo(new GatewayError.Denied("Access Denied.", "policy-default"));
        assertThat(fixture.plan("PUT /own/a", "Content-Length: 0")).isInstanceOf(Plan.Forward.class);
    }

    @Test
    void denialNamesItsStatementForTheLogAlone() {
        Policy closed = policy("closed", statement("allow", "*", ALL), statement("deny", "*", "${bucket}/own/*"));

        assertThat(denial(PlanFixture.ruled(true, closed).plan("GET /own/a")))
                .isEqualTo(new GatewayError.Denied("Access Denied.", "policy-deny", "closed[1]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-cos-acl: private",
                "x-cos-acl: default",
                "x-cos-grant-read: id=\"1\"",
                "x-cos-grant-write: id=\"1\"",
                "x-cos-grant-read-acp: id=\"1\"",
                "x-cos-grant-write-acp: id=\"1\"",
                "x-cos-grant-full-control: id=\"1\"",
                "x-amz-acl: private",
                "x-amz-grant-read: id=\"1\"",
                "x-cos-tagging: a=b",
                "x-amz-tagging: a=b"
            })
    void anUploadThatOrdersMoreNeedsPermissionForMore(String header) {
        Policy more =
                policy("more", statement("allow", List.of("PutObjectACL", "PutObjectTagging"), "${bucket}/own/*"));

        assertThat(denial(PlanFixture.ruled(true, UPLOADS).plan("PUT /own/a", "Content-Length: 0", header))
                        .reason())
                .isEqualTo("policy-default");
        assertThat(PlanFixture.ruled(true, UPLOADS, more).plan("PUT /own/a", "Content-Length: 0", header))
                .isInstanceOf(Plan.Forward.class);
    }

    /** COS ignores it there; whoever may not say it at the beginning may not say it in between. */
    @ParameterizedTest
    @CsvSource({
        "PUT /own/a?partNumber=1&uploadId=u, 3",
        "POST /own/a?uploadId=u, 50",
        "GET /own/a?uploadId=u, 0",
        "DELETE /own/a?uploadId=u, 0"
    })
    void whatIsSaidAgainOfAnUploadNeedsTheSamePermission(String line, int length) {
        Policy uploads = policy(
                "uploads",
                statement(
                        "allow",
                        List.of("UploadPart", "ListParts", "CompleteMultipartUpload", "AbortMultipartUpload"),
                        ALL));
        Policy acl = policy("acl", statement("allow", List.of("PutObjectACL", "PutObjectTagging"), ALL));
        for (boolean signs : new boolean[] {true, false}) {
            PlanFixture without = PlanFixture.ruled(signs, uploads);
            PlanFixture with = PlanFixture.ruled(signs, uploads, acl);
            for (String header :
                    List.of("x-cos-acl: public-read", "x-cos-grant-read: id=\"1\"", "x-cos-tagging: a=b")) {
                String[] headers = {"Content-Length: " + length, header};
                assertThat(denial(without.plan(line, headers)).reason()).isEqualTo("policy-default");
                assertThat(with.plan(line, headers)).isNotInstanceOf(Plan.Reply.class);
            }
            String[] open = {"Content-Length: " + length, "x-cos-acl: public-read-write"};
            assertThat(denial(with.plan(line, open)).reason()).isEqualTo("policy-default");
            assertThat(denial((signs
                                            ? PlanFixture.signing(PlanFixture.route("/**", "all"))
                                            : PlanFixture.forwarding(PlanFixture.route("/**", "all")))
                                    .plan(line, open))
                            .reason())
                    .isEqualTo("public-write");
        }
    }

    @Test
    void anAclInAHeaderIsJudgedByItsValueWhateverTheBody() {
        Policy acl = policy(
                "acl",
                statement("allow", "PutObjectACL", ALL, Map.of("string_equal", Map.of("cos:x-cos-acl", "private"))));
        PlanFixture fixture = PlanFixture.ruled(true, UPLOADS, acl);

        assertThat(fixture.plan("PUT /own/a", "Content-Length: 3", "x-cos-acl: private"))
                .isInstanceOf(Plan.Forward.class);
        assertThat(denial(fixture.plan("PUT /own/a", "Content-Length: 3", "x-cos-acl: public-read"))
                        .reason())
                .isEqualTo("policy-default");
    }

    @Test
    void anAclInABodyIsNotKnownToBeAHarmlessOne() {
        Policy acl = policy(
                "acl",
                statement("allow", "PutObjectACL", ALL),
                statement("deny", "PutObjectACL", ALL, Map.of("string_equal", Map.of("cos:x-cos-acl", "public-read"))));
        PlanFixture fixture = PlanFixture.ruled(true, acl);

        assertThat(denial(fixture.plan("PUT /own/a?acl", "Content-Length: 30")).reason())
                .isEqualTo("policy-deny");
        assertThat(fixture.plan("PUT /own/a?acl", "x-cos-acl: private")).isInstanceOf(Plan.Forward.class);
    }

    @ParameterizedTest
    @CsvSource({"PUT /own/a,x-cos-acl", "PUT /own/a?acl,x-cos-acl", "PUT /own/a,x-amz-acl"})
    void lettingEverybodyWriteHasToBeNamed(String line, String header) {
        Policy all = policy("all", statement("allow", "*", ALL));
        Policy named = policy(
                "named",
                statement(
                        "allow",
                        "PutObjectACL",
                        ALL,
                        Map.of("string_equal", Map.of("cos:x-cos-acl", List.of("private", "public-read-write")))));
        String[] headers = {"Content-Length: 0", header + ": public-read-write"};

        assertThat(denial(PlanFixture.ruled(true, all).plan(line, headers)).reason())
                .isEqualTo("policy-default");
        assertThat(PlanFixture.ruled(true, all, named).plan(line, headers)).isInstanceOf(Plan.Forward.class);
        assertThat(denial(PlanFixture.signing(PlanFixture.route("/**", "all")).plan(line, headers))
                        .reason())
                .isEqualTo("public-write");
    }

    @Test
    void copyReadsItsSource() {
        String[] copy = {"Content-Length: 0", "x-cos-copy-source: " + PlanFixture.HOST + "/secret/b?versionId=v"};
        Policy read = policy("read", statement("allow", "GetObject", "${bucket}/secret/*"));
        Policy version = policy(
                "version",
                statement("allow", "GetObject", "${bucket}/secret/*"),
                statement("deny", "GetObject", ALL, Map.of("string_equal", Map.of("cos:versionid", "v"))));

        assertThat(denial(PlanFixture.ruled(true, UPLOADS).plan("PUT /own/a", copy))
                        .reason())
                .isEqualTo("policy-default");
        assertThat(denial(PlanFixture.ruled(true, read).plan("PUT /own/a", copy))
                        .reason())
                .isEqualTo("policy-default");
        assertThat(denial(PlanFixture.ruled(true, UPLOADS, version).plan("PUT /own/a", copy))
                        .reason())
                .isEqualTo("policy-deny");
        assertThat(PlanFixture.ruled(true, UPLOADS, read).plan("PUT /own/a", copy))
                .isInstanceOf(Plan.Forward.class);
    }

    @ParameterizedTest
    @CsvSource({"own/a,own/b,allowed", "own/a,other/b,policy-default", "own/a,own/kept/b,policy-deny"})
    void batchDeleteAsksAboutEveryKey(String one, String other, String answer) {
        Policy deletes = policy(
                "deletes",
                statement("allow", "DeleteObject", "${bucket}/own/*"),
                statement("deny", "DeleteObject", "${bucket}/own/kept/*"));

        Plan plan = PlanFixture.ruled(true, deletes).plan("POST /?delete", "Content-Length: 100");

        assertThat(plan).isInstanceOfSatisfying(Plan.Examine.class, examine -> {
            Plan.Forward then = (Plan.Forward) examine.then().apply(document(one, other));
            assertThat(then.edit() instanceof DeniedItems items ? items.denied() : List.of())
                    .extracting(
                            denied -> denied.item().key() + ' ' + denied.error().reason())
                    .isEqualTo(answer.equals("allowed") ? List.of() : List.of(other + ' ' + answer));
        });
    }

    @Test
    void batchDeleteThatNothingCouldAllowIsDeniedBeforeItsBody() {
        Policy outright =
                policy("outright", statement("allow", "*", ALL), statement("deny", "DeleteMultipleObjects", ALL));

        assertThat(denial(PlanFixture.ruled(true, UPLOADS).plan("POST /?delete", "Content-Length: 100"))
                        .reason())
                .isEqualTo("policy-default");
        assertThat(denial(PlanFixture.ruled(true, outright).plan("POST /?delete", "Content-Length: 100"))
                        .reason())
                .isEqualTo("policy-deny");
    }

    @Test
    void theLengthThatCountsIsTheObjects() {
        Policy small = policy(
                "small",
                statement(
                        "allow", "PutObject", ALL, Map.of("numeric_less_than_equal", Map.of("cos:content-length", 3))));
        PlanFixture fixture = PlanFixture.ruled(true, small);
        String[] wrapped = {
            "Content-Length: 90",
            "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "x-amz-decoded-content-length: 3",
            "Content-Encoding: aws-chunked"
        };

        assertThat(fixture.plan("PUT /own/a", wrapped)).isInstanceOf(Plan.Forward.class);
        assertThat(denial(fixture.plan("PUT /own/a", "Content-Length: 90", "x-amz-decoded-content-length: 3"))
                        .reason())
                .isEqualTo("policy-default");
        assertThat(denial(fixture.plan("PUT /own/a", "Transfer-Encoding: chunked"))
                        .reason())
                .isEqualTo("policy-default");
    }

    @Test
    void policiesBindClientsThatSignForThemselvesToo() {
        PlanFixture fixture = PlanFixture.ruled(false, UPLOADS);

        assertThat(denial(fixture.plan("PUT /other/a", "Content-Length: 0")).reason())
                .isEqualTo("policy-default");
        assertThat(denial(fixture.plan("PUT /own/a", "Content-Length: 0", "x-cos-acl: private"))
                        .reason())
                .isEqualTo("policy-default");
        assertThat(fixture.plan("PUT /own/a", "Content-Length: 0")).isInstanceOf(Plan.Forward.class);
    }

    private static byte[] document(String... keys) {
        StringBuilder document = new StringBuilder("<Delete>");
        for (String key : keys) {
            document.append("<Object><Key>").append(key).append("</Key></Object>");
        }
        return document.append("</Delete>").toString().getBytes(UTF_8);
    }

    private static GatewayError.Denied denial(Plan plan) {
        if (PlanFixture.error(plan) instanceof GatewayError.Denied denied) {
            return denied;
        }
        throw new AssertionError(plan);
    }
}
