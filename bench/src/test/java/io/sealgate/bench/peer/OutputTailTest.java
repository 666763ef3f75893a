package io.sealgate.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTailTest {
    @Test
    void theLastLinesAreKept() throws InterruptedException {
        assertThat(tailOf("one\ntwo\nthree\n").lines(2)).containsExactly("two", "three");
    }

    @Test
    void whatPrintsLittleIsKeptWhole() throws InterruptedException {
        assertThat(tailOf("only").lines(5)).containsExactly("only");
    }

    @Test
    void howeverMuchIsPrintedTheEndIsThere() throws InterruptedException {
        assertThat(tailOf("a line of the access log\n".repeat(100_000) + "the end")
                        .lines(2))
                .containsExactly("a line of the access log", "the end");
    }

    private static OutputTail tailOf(String printed) throws InterruptedException {
        OutputTail tail = OutputTail.of("peer", new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
        tail.awaitEnd();
        return tail;
    }
}
