package io.sealgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of {@code docs/path-validation.md}, which is written by this test and compared with what it sees. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathValidationTest {

    private final Map<String, List<PathCase>> topics = PathCase.topics();

    Stream<PathCase> rows() {
        return topics.values().stream().flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatTheStandardSaysIsDoneUnlessTheDocumentSaysWhyNot(PathCase row) {
        boolean accepted = row.verdict().equals(PathCase.ACCEPTED);
        assertThat(accepted).isEqualTo(row.good() == row.deviation().isEmpty());
    }

    @Test
    void noTwoRowsAreCalledTheSame() {
        assertThat(rows().map(PathCase::what)).doesNotHaveDuplicates();
    }

    @Test
    void theDocumentSaysWhatIsDone() {
        String rendered = PathValidationDocument.render(topics);
        assertThat(GeneratedDocument.open("path-validation.md", () -> rendered).table())
                .isEqualTo(rendered);
    }

    /** A remembered verdict is only ever one that would be given again. */
    @ParameterizedTest
    @MethodSource("rows")
    void rememberedVerdictIsTheOneThatWouldBeGivenAgain(PathCase row) {
        MovableClock clock = new MovableClock(row.now());
        ClientChainValidator remembering = row.validator(clock);
        for (Duration step : MovableClock.STEPS) {
            clock.set(row.now().plus(step));
            assertThat(row.verdict(remembering)).isEqualTo(row.verdict(row.validator(clock)));
        }
    }
}
