package io.sealgate.core.planning;

import static io.sealgate.core.cam.Documents.policy;
import static io.sealgate.core.cam.Documents.statement;
import static io.sealgate.core.planning.PlanFixture.HOST;
import static io.sealgate.core.planning.PlanFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.cam.Policy;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader behind the gateway may understand by a request is permitted as well, or nothing is sent. */
class KeyReadingPlanningTest {

    private static final Policy NOT_UNDER_A_B =
            policy("most", statement("allow", "*", "${bucket}/*"), statement("deny", "*", "${bucket}/a/b/*"));

    private static final Policy NOTHING_WITH_A_SPACE =
            policy("most", statement("allow", "*", "${bucket}/*"), statement("deny", "*", "${bucket}/a b*"));

    private static final Policy NOTHING_WITH_A_PLUS =
            policy("most", statement("allow", "*", "${bucket}/*"), statement("deny", "*", "${bucket}/a+b*"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET //",
                "GET /%2F",
                "GET ////",
                "GET //.",
                "GET /./",
                "GET //?acl",
                "GET //?uploads",
                "HEAD //",
                "PUT //",
                "PUT //?acl",
                "PUT /%2F?policy",
                "DELETE //",
                "DELETE /%2f?lifecycle",
                "POST //?delete",
                "POST /%2F?uploads",
                "OPTIONS //",
                "GET //admin/secret",
                "GET /%5Cadmin",
                "PUT //a?partNumber=1&uploadId=u"
            })
    void pathThatIsTheBucketToCosIsNoObject(String line) {
        PlanFixture signing = PlanFixture.signing(route("/**", "all", "configuration"));
        PlanFixture forwarding = PlanFixture.forwarding(route("/**", "all", "configuration"));

        assertThat(signing.refusal(line, "Content-Length: 0")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(forwarding.refusal(line, "Content-Length: 0")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(signing.signatures()).isZero();
    }

    /** A reader that tells operations apart before it decodes names would do something else than what was permitted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /k?%61cl",
                "GET /k?version%49d=a",
                "GET /k?versionId=a&response-%63ontent-type=b",
                "DELETE /k?%75ploadId=u",
                "DELETE /k?uploadI%64=u&",
                "DELETE /k?%74agging",
                "GET /k?max-parts=1&upload%49d=u",
                "POST /k?upload%73",
                "GET /?%70refix=a",
                "GET /k?q%2Dak=a&acl"
            })
    void escapedNameOfAParameterIsRefusedWhereItGoesOn(String line) {
        PlanFixture signing = PlanFixture.signing(route("/**", "all"));
        PlanFixture forwarding = PlanFixture.forwarding(route("/**", "all"));

        assertThat(forwarding.refusal(line)).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(signing.sent(line).uri()).doesNotContain("%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /k%25?versionId=%61",
                "GET /k?response-content-type=a%2Fb",
                "GET /%61?acl",
                "GET /k?versionId=a?b%20c&response-expires=%20=%20",
                "GET /?prefix=a%2F&delimiter=%2F"
            })
    void escapesElsewhereGoOn(String line) {
        assertThat(PlanFixture.forwarding(route("/**", "all")).sent(line).uri()).isEqualTo(line.substring(4));
    }

    /** However many readings are judged, the record has one line for a request and one for each second resource. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /a//c | | GetObject allowed",
                "GET /a//b/c | | GetObject key-reading",
                "GET /?prefix=c//d | | GetBucket allowed",
                "PUT /mine | /a//c | CopyObject allowed, GetObject allowed, GetObjectTagging allowed",
                "PUT /mine | /a//b/c | CopyObject allowed, CopyObject key-reading"
            })
    void readingsAreJudgedWithoutBeingRecorded(String line, String source, String decisions) {
        PlanFixture fixture = PlanFixture.ruled(true, NOT_UNDER_A_B);

        if (source == null) {
            fixture.plan(line);
        } else {
            fixture.plan(line, "Content-Length: 0", "x-cos-copy-source: " + HOST + source);
        }

        assertThat(fixture.decisions())
                .extracting(decision -> decision.permission().label()
                        + ' '
                        + (decision.denial() == null
                                ? "allowed"
                                : decision.denial().reason()))
                .containsExactly(decisions.split(", "));
    }

    @Test
    void keyWhoseReadingsMeetOneRouteIsSentAsItWasWritten() {
        PlanFixture planner = PlanFixture.signing(route("/admin/**", "read"), route("/**", "all"));

        assertThat(planner.sent("GET /a//b").uri()).isEqualTo("/a//b");
        assertThat(planner.sent("PUT /a//", "Content-Length: 0").uri()).isEqualTo("/a//");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin//secret", "/admin/%2Fsecret", "/admin/x//secret"})
    void emptySegmentDoesNotLeadAroundARoute(String path) {
        PlanFixture exact =
                PlanFixture.signing(route("/admin/secret", "list"), route("/admin/x/**", "list"), route("/**", "all"));

        GatewayError error = PlanFixture.error(exact.plan("GET " + path));

        assertThat(error.code()).isIn(CosErrorCode.INVALID_URI, CosErrorCode.ACCESS_DENIED);
        assertThat(exact.signatures()).isZero();
    }

    @Test
    void readingsThatMeetDifferentRoutesAreRefused() {
        PlanFixture planner = PlanFixture.signing(route("/a/b/**", "read"), route("/**", "all"));

        assertThat(planner.refusal("GET /a//b/c")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(planner.refusal("DELETE /a//b/c")).isEqualTo(CosErrorCode.INVALID_URI);
    }

    @Test
    void readingThatMeetsNoRouteIsRefused() {
        PlanFixture merged = PlanFixture.signing(route("/a/b/**", "read"));
        PlanFixture elsewhere = PlanFixture.signing(route("/c/**", "read"));

        assertThat(merged.refusal("GET /a//b/c")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(elsewhere.refusal("GET /a//b/c")).isEqualTo(CosErrorCode.NO_SUCH_ROUTE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readingsThatPoliciesJudgeDifferentlyAreRefused(boolean signs) {
        PlanFixture planner = PlanFixture.ruled(signs, NOT_UNDER_A_B);

        assertThat(planner.refusal("GET /a//b/c")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(planner.refusal("GET /a/b//c")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(planner.plan("GET /a//c")).isInstanceOf(Plan.Forward.class);
    }

    @Test
    void rawPlusIsAPlusWhereTheGatewaySigns() {
        PlanFixture noSpace = PlanFixture.ruled(true, NOTHING_WITH_A_SPACE);
        PlanFixture noPlus = PlanFixture.ruled(true, NOTHING_WITH_A_PLUS);

        assertThat(noSpace.sent("GET /a+b").uri()).isEqualTo("/a%2Bb");
        assertThat(noSpace.refusal("GET /a%20b")).isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(noPlus.refusal("GET /a+b")).isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @Test
    void rawPlusIsAPlusAndASpaceWhereTheBytesGoOn() {
        PlanFixture noSpace = PlanFixture.ruled(false, NOTHING_WITH_A_SPACE);
        PlanFixture noPlus = PlanFixture.ruled(false, NOTHING_WITH_A_PLUS);

        assertThat(noSpace.refusal("GET /a+b")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(noPlus.refusal("GET /a+b")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(noSpace.sent("GET /a%2Bb").uri()).isEqualTo("/a%2Bb");
        assertThat(noPlus.sent("GET /a%20b").uri()).isEqualTo("/a%20b");
        assertThat(noPlus.sent("GET /c+d").uri()).isEqualTo("/c+d");
    }

    @Test
    void readingsAreCombined() {
        Policy none = policy("most", statement("allow", "*", "${bucket}/*"), statement("deny", "*", "${bucket}/a/b c"));

        assertThat(PlanFixture.ruled(false, none).refusal("GET /a//b+c")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(PlanFixture.ruled(true, none).plan("GET /a//b+c")).isInstanceOf(Plan.Forward.class);
    }

    @Test
    void plusInAForwardedQueryIsAPlusAndASpace() {
        PlanFixture forwarding = PlanFixture.forwarding(route("/a b/**", "list"), route("/c/**", "list"));
        PlanFixture signing = PlanFixture.signing(route("/a b/**", "list"));

        assertThat(forwarding.refusal("GET /?prefix=a+b/")).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(forwarding.sent("GET /?prefix=a%20b/").uri()).isEqualTo("/?prefix=a%20b/");
        assertThat(forwarding.sent("GET /?prefix=c/+&x-cos-security-token=t+t").uri())
                .isEqualTo("/?prefix=c/+&x-cos-security-token=t+t");
        assertThat(signing.sent("GET /?prefix=a+b/").uri()).isEqualTo("/?prefix=a%20b%2F");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/", "//a/", "a//b/"})
    void prefixWhoseReadingsMeetDifferentRoutesIsRefused(String prefix) {
        PlanFixture planner =
                PlanFixture.signing(route("/a/b/**", "list"), route("/a/**", "list"), route("/**", "list"));
        PlanFixture open = PlanFixture.signing(route("/**", "list"));

        assertThat(planner.refusal("GET /?prefix=" + prefix)).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(open.plan("GET /?prefix=" + prefix)).isInstanceOf(Plan.Forward.class);
    }

    @Test
    void emptyVersionIsNeitherJudgedNorSent() {
        PlanFixture planner = PlanFixture.signing(route("/**", "all"));

        assertThat(planner.sent("GET /k?versionId=").uri()).isEqualTo("/k");
        assertThat(planner.sent("DELETE /k?versionId").uri()).isEqualTo("/k");
    }

    @Test
    void copySourceInBytesThatGoOnIsReadInEveryWay() {
        PlanFixture forwarding = PlanFixture.ruled(false, NOTHING_WITH_A_SPACE);
        PlanFixture signing = PlanFixture.ruled(true, NOTHING_WITH_A_SPACE);
        String source = "x-cos-copy-source: " + HOST + "/a+b";

        assertThat(forwarding.refusal("PUT /c", source)).isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(signing.sent("PUT /c", source).headers().get("x-cos-copy-source"))
                .isEqualTo(HOST + "/a%2Bb");
    }

    @Test
    void copySourceIsReadWithItsSlashesMergedToo() {
        PlanFixture planner = PlanFixture.ruled(true, NOT_UNDER_A_B);

        assertThat(planner.refusal("PUT /c", "x-cos-copy-source: " + HOST + "/a//b/c"))
                .isEqualTo(CosErrorCode.INVALID_URI);
        assertThat(planner.plan("PUT /c", "x-cos-copy-source: " + HOST + "/c//d"))
                .isInstanceOf(Plan.Forward.class);
    }

    /** Readers of URIs end the path at a raw {@code #}, and nobody knows which question mark begins the version. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "#/x",
                "a/b#/x",
                "a/b#?versionId=v",
                "a/b?versionId=v#",
                "a/b?versionId=v?versionId=w",
                "a/b x",
                "a/b\\x",
                "a/b?versionId=v w",
                "a|b",
                "a{b}",
                "<a>",
                "a\"b"
            })
    void copySourceInBytesThatGoOnIsAUri(String source) {
        PlanFixture forwarding = PlanFixture.forwarding(route("/**", "all"));

        assertThat(forwarding.refusal("PUT /c", "x-cos-copy-source: " + HOST + "/" + source))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void copySourceIsReadAsItIsWhereTheGatewayWritesItAnew() {
        PlanFixture signing = PlanFixture.signing(route("/**", "all"));

        assertThat(signing.sent("PUT /c", "x-cos-copy-source: " + HOST + "/a#b c|")
                        .headers()
                        .get("x-cos-copy-source"))
                .isEqualTo(HOST + "/a%23b%20c%7C");
        assertThat(signing.refusal("PUT /c", "x-cos-copy-source: " + HOST + "/a?versionId=v?versionId=w"))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }
}
