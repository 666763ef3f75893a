package io.sealgate.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.config.UploadsConfig.ForbidOverwrite;
import io.sealgate.core.model.ByteSize;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit of objects, whatever they are put together of. */
class UploadSizeTest {

    private static final UploadsConfig KIBIBYTE = new UploadsConfig(
            ByteSize.parse("1KiB"), null, List.of(), null, List.of(), ForbidOverwrite.FALSE, null, null, null, null);

    private final PlanFixture fixture = PlanFixture.signing(PlanFixture.limited(KIBIBYTE, "/**", "all"));

    private String code(String line, int length) {
        Plan plan = fixture.plan(line, "Content-Length: " + length);
        return plan instanceof Plan.Reply reply ? reply.error().code().code() : "";
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1024, ''",
        "0, 1025, EntityTooLarge",
        "600, 424, ''",
        "600, 425, EntityTooLarge",
        "2000, 1, EntityTooLarge"
    })
    void whatIsThereAlreadyCountsOfAnObjectThatGrows(long position, int length, String code) {
        assertThat(code("POST /a?append&position=" + position, length)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "+600",
                "%2B600",
                "600%20",
                "6e2",
                "600.0",
                "0x258",
                "0600",
                "",
                "99999999999999999999",
                "%D9%A6"
            })
    void aPositionThatMayBeReadInTwoWaysIsRefused(String position) {
        assertThat(code("POST /a?append&position=" + position, 1)).isEqualTo("InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "01", "4294967297", "1.0", ""})
    void soIsTheNumberOfAPart(String number) {
        assertThat(code("PUT /a?uploadId=u&partNumber=" + number, 1)).isEqualTo("InvalidArgument");
    }
}
