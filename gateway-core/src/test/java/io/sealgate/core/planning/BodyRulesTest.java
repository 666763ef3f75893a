package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.model.BodyFraming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyRulesTest {

    private final PlanFixture planner = PlanFixture.signing(route("/**", "all"));

    @ParameterizedTest
    @ValueSource(strings = {"PUT /k?partNumber=1&uploadId=u", "POST /k?append&position=0"})
    void partAndAppendNeedALength(String line) {
        assertThat(planner.refusal(line)).isEqualTo(CosErrorCode.MISSING_CONTENT_LENGTH);
        assertThat(planner.refusal(line, "Transfer-Encoding: chunked")).isEqualTo(CosErrorCode.MISSING_CONTENT_LENGTH);
    }

    @Test
    void appendNeedsAPosition() {
        assertThat(planner.refusal("POST /k?append", "Content-Length: 1")).isEqualTo(CosErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void bodyBeyondTheLimitIsRefusedAtOnce() {
        assertThat(planner.plan("PUT /k", "Content-Length: 5368709120")).isInstanceOf(Plan.Forward.class);
        assertThat(planner.refusal("PUT /k", "Content-Length: 5368709121")).isEqualTo(CosErrorCode.ENTITY_TOO_LARGE);
    }

    @Test
    void chunkedUploadStaysChunked() {
        var sent = planner.sent("PUT /k", "Transfer-Encoding: Chunked");

        assertThat(sent.headers().getAll("transfer-encoding")).containsExactly("chunked");
        assertThat(sent.headers().contains("content-length")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT /k", "POST /k?uploads"})
    void missingBodyIsAnnouncedAsEmpty(String line) {
        var request = PlanFixture.forwarded(planner.plan(line));

        assertThat(request.framing()).isEqualTo(new BodyFraming.Fixed(0));
        assertThat(request.toHttp().headers().get("content-length")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD /k", "GET /k", "DELETE /k"})
    void lengthOfNothingIsNotSentOnWhereThereIsNoBody(String line) {
        var request = PlanFixture.forwarded(planner.plan(line, "Content-Length: 0"));

        assertThat(request.framing()).isEqualTo(new BodyFraming.None());
        assertThat(request.toHttp().headers().contains("content-length")).isFalse();
    }
}
