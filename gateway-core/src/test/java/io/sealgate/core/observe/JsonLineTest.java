package io.sealgate.core.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    private final StringBuilder out = new StringBuilder("before ");

    @Test
    void valuesAreEscapedAndAbsentOnesLeftOut() {
        new JsonLine(out)
                .text("a", "q\"b\\s\n\u0000\u007f\u009b")
                .text("absent", null)
                .number("n", -1)
                .end();

        assertThat(out).hasToString("before {\"a\":\"q\\\"b\\\\s\\n\\u0000\\u007F\\u009B\",\"n\":-1}");
    }

    /** Of two keys, one of which has such a character, nobody could say which it was. */
    @Test
    void whatNobodySeesIsSeenAndWhatIsSeenStays() {
        new JsonLine(out)
                .text("a", "f\u202Egpj\u200B\u2028\uDB40\uDC41\uD800.\u00A0\u00E9\u4E2D\uD83D\uDE00 \\u202E")
                .end();

        assertThat(out)
                .hasToString("before {\"a\":\"f\\u202Egpj\\u200B\\u2028\\uDB40\\uDC41\\uD800.\\u00A0\u00E9\u4E2D"
                        + "\uD83D\uDE00 \\\\u202E\"}");
    }

    @Test
    void listsAreArrays() {
        new JsonLine(out)
                .texts("none", List.of())
                .texts("two", List.of("x", "\""))
                .end();

        assertThat(out).hasToString("before {\"two\":[\"x\",\"\\\"\"]}");
    }

    @Test
    void nothingIsAnEmptyObject() {
        new JsonLine(out).end();

        assertThat(out).hasToString("before {}");
    }
}
