package io.sealgate.core.planning;

import static io.sealgate.core.planning.PlanFixture.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.CosErrorCode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chose an operation has a value: somebody might take an empty one for none, and do another operation. */
class ParameterValueTest {

    private final List<PlanFixture> planners = List.of(
            PlanFixture.signing(route("/**", "all", "configuration")),
            PlanFixture.forwarding(route("/**", "all", "configuration")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE /k?uploadId=",
                "DELETE /k?uploadId",
                "GET /k?uploadId=",
                "PUT /k?partNumber=1&uploadId=",
                "PUT /k?partNumber=&uploadId=u",
                "PUT /k?partNumber=0&uploadId=u",
                "PUT /k?partNumber=01&uploadId=u",
                "PUT /k?partNumber=10001&uploadId=u",
                "PUT /k?partNumber=abc&uploadId=u",
                "POST /k?append&position=",
                "POST /k?append&position=-1",
                "POST /k?append&position=0x1",
                "POST /k?append&position=01",
                "POST /k?append&position=1000000000000000000",
                "POST /k?append&position=%D9%A1",
                "PUT /k?partNumber=%EF%BC%91&uploadId=u",
                "PUT /k?partNumber=99999&uploadId=u",
                "GET /?inventory&id=",
                "DELETE /?inventory&id=",
            })
    void nothingGoesOnWithout(String line) {
        for (PlanFixture planner : planners) {
            assertThat(planner.refusal(line, "Content-Length: 0")).isEqualTo(CosErrorCode.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE /k?uploadId=u",
                "PUT /k?partNumber=1&uploadId=u",
                "PUT /k?partNumber=10000&uploadId=u",
                "POST /k?append&position=0",
                "POST /k?append&position=4294967296",
                "GET /?inventory&id=list1",
            })
    void whatHasAValueGoesOn(String line) {
        for (PlanFixture planner : planners) {
            assertThat(planner.plan(line, "Content-Length: 0")).isInstanceOf(Plan.Forward.class);
        }
    }
}
