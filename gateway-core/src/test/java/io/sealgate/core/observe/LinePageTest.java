package io.sealgate.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinePageTest {

    private final LinePage<String> page = new LinePage<>((line, out) -> out.append(line));

    private List<String> taken() {
        List<String> pieces = new ArrayList<>();
        page.takeTo(pieces::add);
        return pieces;
    }

    @Test
    void anEmptyPageSaysNothing() {
        assertThat(taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 2_000, 20_000})
    void everyLineIsTakenOnceAndInOrder(int count) {
        List<String> lines = IntStream.range(0, count)
                .mapToObj(i -> "line " + i + "x".repeat(i % 50))
                .toList();
        lines.forEach(page::add);

        List<String> pieces = taken();

        assertThat(String.join("\n", pieces).lines()).containsExactlyElementsOf(lines);
        assertThat(pieces).noneMatch(piece -> piece.endsWith("\n"));
        assertThat(taken()).isEmpty();
    }

    @Test
    void manyLinesAreTakenInPiecesOfWholeLines() {
        String line = "x".repeat(999);
        for (int i = 0; i < 100; i++) {
            page.add(line);
        }

        List<String> pieces = taken();

        assertThat(pieces).hasSizeGreaterThan(1).allMatch(piece -> piece.lines().allMatch(line::equals));
    }

    @Test
    void aLineThatIsLongerThanAPieceStaysWhole() {
        String line = "x".repeat(1 << 20);
        page.add(line);
        page.add("next");

        assertThat(taken()).containsExactly(line, "next");
    }

    @Test
    void whatIsAddedWhileLinesAreTakenComesNext() {
        page.add("one");
        page.takeTo(line -> page.add(line + " again"));

        assertThat(taken()).containsExactly("one again");
    }

    @ParameterizedTest
    @CsvSource({"32768, 128", "1048576, 4"})
    void aFullPageCostsLinesAndSaysHowMany(int length, int most) {
        String line = "x".repeat(length);
        for (int i = 0; i < most + 2; i++) {
            page.add(line);
        }

        assertThat(taken()).hasSize(most);
        assertThat(page.takeLost()).isEqualTo(2);
        assertThat(page.takeLost()).isZero();
        page.add("after");
        assertThat(taken()).containsExactly("after");
    }
}
