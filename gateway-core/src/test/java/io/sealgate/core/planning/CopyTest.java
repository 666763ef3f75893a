package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.HOST;
import static io.sealgate.core.planning.PlanFixture.route;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.DetectContentType;
import io.sealgate.core.error.CosErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTest {

    private static final UploadsConfig LOOKING = new UploadsConfig(
            null, null, List.of("image/png"), DetectContentType.VERIFY, null, null, null, null, null, null);

    private final PlanFixture planner = PlanFixture.signing(route("/own/**", "copy", "write", "read"));

    @ParameterizedTest
    @CsvSource({
        "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/own/%E4%B8%AD%20a.txt,       /own/%E4%B8%AD%20a.txt",
        "examplebucket-1250000000-1250000000.cos.ap-guangzhou.myqcloud.com/own/a,            /own/a",
        "examplebucket-1250000000.cos-internal.ap-guangzhou.tencentcos.cn/own/a?versionId=v, /own/a?versionId=v",
        "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/own/a?versionId=,            /own/a",
        "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/own/a+b,                     /own/a%2Bb",
    })
    void sourceUnderTheRouteIsCopiedInOneSpelling(String source, String canonical) {
        var sent = planner.sent("PUT /own/b", "x-cos-copy-source: " + source, "Content-Length: 0");

        assertThat(sent.headers().getAll("x-cos-copy-source")).containsExactly(HOST + canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/other/a",
                "other-1.cos.ap-guangzhou.myqcloud.com/own/a",
                "examplebucket-1250000000.cos.ap-other.myqcloud.com/own/a",
                "examplebucket-1250000001.cos.ap-guangzhou.myqcloud.com/own/a",
                "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com/own"
            })
    void sourceOutsideTheRouteIsDeniedAndNothingIsSigned(String source) {
        for (String line : new String[] {"PUT /own/b", "PUT /own/b?partNumber=1&uploadId=u"}) {
            assertThat(planner.refusal(line, "x-cos-copy-source: " + source, "Content-Length: 0"))
                    .isEqualTo(CosErrorCode.ACCESS_DENIED);
        }
        assertThat(planner.signatures()).isZero();
    }

    /** What another route takes, or none, may not have been looked at. */
    @ParameterizedTest
    @CsvSource({
        "PUT /a, /b, true",
        "PUT /a, /free/b, false",
        "PUT /free/a, /free/b, true",
        "PUT /a, /put-only/b, false",
        "PUT /a, /post-only/b, false",
        "PUT /a, /exact, false"
    })
    void whereObjectsAreLookedAtSoWasTheSource(String line, String source, boolean isCopied) {
        PlanFixture looking = PlanFixture.signing(
                route("/free/**", "all"),
                RouteDraft.at("put", "/put-only/**").methods("PUT").serving("all"),
                RouteDraft.at("post", "/post-only/**").methods("POST").serving("all"),
                route("/exact", "all"),
                PlanFixture.limited(LOOKING, "/**", "all"));
        String header = "x-cos-copy-source: " + HOST + source;

        Plan plan = looking.plan(line, header, "Content-Length: 0");

        assertThat(plan).isInstanceOf(isCopied ? Plan.Forward.class : Plan.Reply.class);
    }

    /** Where that came from is not told by its key: the route that chose it does not look. */
    @ParameterizedTest
    @CsvSource({
        "/pictures/01-2345/AAAAAAAAAAAAAAAAAAAAAAAAAA.jpg, false",
        "/pictures/01-2345/AAAAAAAAAAAAAAAAAAAAAAAAAA.JPG, true",
        "/pictures/01-2345/AAAAAAAAAAAAAAAAAAAAAAAAA.jpg,  true",
        "/pictures/AAAAAAAAAAAAAAAAAAAAAAAAAA.jpg,         true",
        "/pictures/01/2345/AAAAAAAAAAAAAAAAAAAAAAAAAA.jpg, true",
        "/pictures/b,                                      true"
    })
    void aSourceWhoseKeyAnotherRouteMayHaveChosenWasNotLookedAt(String source, boolean isCopied) {
        KeysConfig keys = new KeysConfig("pictures/${client.cn}/${random}${ext}", List.of("jpg"));
        PlanFixture looking = PlanFixture.signing(
                PlanFixture.keyed(keys, "/inbox/**", "all"), PlanFixture.limited(LOOKING, "/pictures/**", "all"));

        Plan plan = looking.plan("PUT /pictures/a", "x-cos-copy-source: " + HOST + source, "Content-Length: 0");

        assertThat(plan).isInstanceOf(isCopied ? Plan.Forward.class : Plan.Reply.class);
    }

    /** A copy has its source's type, whatever it declares, unless the metadata are replaced. */
    @ParameterizedTest
    @CsvSource({
        "/b, x-cos-meta-a: b, true",
        "/b, Content-Type: image/png, true",
        "/free/b, x-cos-meta-a: b, false",
        "/free/b, Content-Type: image/png, false",
        "/free/b, x-cos-metadata-directive: Copy, false",
        "/free/b, x-cos-metadata-directive: Replaced, false",
        "/b, x-cos-metadata-directive: Replaced, false"
    })
    void whereObjectsHaveCertainTypesSoHasTheSource(String source, String header, boolean isCopied) {
        UploadsConfig images = new UploadsConfig(
                null, null, List.of("image/png"), DetectContentType.NONE, null, null, null, null, null, null);
        PlanFixture typed = PlanFixture.signing(route("/free/**", "all"), PlanFixture.limited(images, "/**", "all"));
        String[] headers = {"x-cos-copy-source: " + HOST + source, "Content-Length: 0", header};

        assertThat(typed.plan("PUT /a", headers)).isInstanceOf(isCopied ? Plan.Forward.class : Plan.Reply.class);
    }

    @Test
    void aCopyThatReplacesItsTypeMayHaveAnySource() {
        UploadsConfig images = new UploadsConfig(
                null, null, List.of("image/png"), DetectContentType.NONE, null, null, null, null, null, null);
        PlanFixture typed = PlanFixture.signing(route("/free/**", "all"), PlanFixture.limited(images, "/**", "all"));

        assertThat(typed.plan(
                        "PUT /a",
                        "x-cos-copy-source: " + HOST + "/free/b",
                        "x-cos-metadata-directive: Replaced",
                        "Content-Type: image/png"))
                .isInstanceOf(Plan.Forward.class);
    }

    /** A reader that merges slashes knows the source as one that was stored by a route which does not look. */
    @Test
    void inEveryReadingTheSourceWasLookedAt() {
        PlanFixture looking = PlanFixture.signing(
                RouteDraft.at("put", "/p/q/**").methods("PUT").serving("all"),
                PlanFixture.limited(LOOKING, "/**", "all"));
        String header = "x-cos-copy-source: " + HOST;

        assertThat(looking.plan("PUT /a", header + "/p//q/b")).isInstanceOf(Plan.Reply.class);
        assertThat(looking.plan("PUT /a", header + "/p//r/b")).isInstanceOf(Plan.Forward.class);
        assertThat(completed(looking, "/p//q/b")).isInstanceOf(Plan.Reply.class);
        assertThat(completed(looking, "/p//r/b")).isInstanceOf(Plan.Forward.class);
    }

    @Test
    void inEveryReadingOfAPlusThatGoesOnThePartsWereLookedAt() {
        PlanFixture looking = PlanFixture.forwarding(
                RouteDraft.at("put", "/p q/**").methods("PUT").serving("all"),
                PlanFixture.limited(LOOKING, "/**", "all"));

        assertThat(looking.plan("PUT /a", "x-cos-copy-source: " + HOST + "/p+q/b"))
                .isInstanceOf(Plan.Reply.class);
        assertThat(completed(looking, "/p+q/b")).isInstanceOf(Plan.Reply.class);
        assertThat(completed(looking, "/p+r/b")).isInstanceOf(Plan.Forward.class);
    }

    @Test
    void anUploadIsCompletedWhereItsPartsAreLookedAt() {
        PlanFixture looking = PlanFixture.signing(
                RouteDraft.at("put", "/parts/**").methods("PUT").serving("all"),
                PlanFixture.limited(LOOKING, "/**", "all"));

        assertThat(completed(looking, "/parts/a")).isInstanceOf(Plan.Reply.class);
        assertThat(completed(looking, "/a")).isInstanceOf(Plan.Forward.class);
    }

    private static Plan completed(PlanFixture planner, String path) {
        String document = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"e\"</ETag></Part>"
                + "</CompleteMultipartUpload>";
        Plan plan = planner.plan("POST " + path + "?uploadId=u", "Content-Length: " + document.length());
        return ((Plan.Examine) plan).then().apply(document.getBytes(US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/own/a", "gw.example/own/a"})
    void sourceThatCannotBeReadIsRefused(String source) {
        assertThat(planner.refusal("PUT /own/b", "x-cos-copy-source: " + source))
                .isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void secondSourceIsRefused() {
        String source = "x-cos-copy-source: " + HOST + "/own/a";

        assertThat(planner.refusal("PUT /own/b", source, source)).isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void dotSegmentsInTheSourceAreRefused() {
        assertThat(planner.refusal("PUT /own/b", "x-cos-copy-source: " + HOST + "/own/%2E%2E/other/a"))
                .isEqualTo(CosErrorCode.INVALID_URI);
    }

    @Test
    void copyNeedsARouteThatServesIt() {
        PlanFixture writing = PlanFixture.signing(route("/own/**", "read", "write"));

        assertThat(writing.refusal("PUT /own/b", "x-cos-copy-source: " + HOST + "/own/a"))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
    }

    @Test
    void bodyWithACopyIsRefused() {
        assertThat(planner.refusal("PUT /own/b", "x-cos-copy-source: " + HOST + "/own/a", "Content-Length: 5"))
                .isEqualTo(CosErrorCode.INVALID_REQUEST);
    }

    @Test
    void forwardedSourceIsCheckedAndStaysAsItWasSigned() {
        PlanFixture forwarding = PlanFixture.forwarding(route("/own/**", "copy", "write", "read"));
        String source = HOST + "/own/%61";

        assertThat(forwarding
                        .sent("PUT /own/b", "x-cos-copy-source: " + source)
                        .headers()
                        .get("x-cos-copy-source"))
                .isEqualTo(source);
        assertThat(forwarding.refusal("PUT /own/b", "x-cos-copy-source: " + HOST + "/other/a"))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
        assertThat(forwarding.refusal("PUT /own/b", "x-amz-copy-source: b/other/a"))
                .isEqualTo(CosErrorCode.ACCESS_DENIED);
    }
}
