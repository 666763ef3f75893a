package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.HOST;
import static io.sealgate.core.planning.PlanFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.CosErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyTest {

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
