package io.sealgate.core.request;

import static io.sealgate.core.request.Heads.raw;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which request asks for which operation, as a table: see {@code operations.txt}. */
class OperationResolverTest {

    /** The lines of the table, cut into their two columns. */
    static Stream<List<String>> operations() throws IOException {
        try (InputStream table = OperationResolverTest.class.getResourceAsStream("operations.txt")) {
            return new String(table.readAllBytes(), UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(line -> Stream.of(line.split("\\|"))
                                    .map(String::strip)
                                    .toList())
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operationIsToldAndNothingIsTakenForAnother(List<String> row) {
        assertThat(answer(row.get(0))).isEqualTo(row.get(1));
    }

    @Test
    void everyOperationIsInTheTable() throws IOException {
        List<String> answers = operations().map(row -> row.get(1)).toList();

        assertThat(CosOperation.values())
                .allSatisfy(operation -> assertThat(answers).contains(text(operation)));
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(Arrays.stream(CosOperation.values()).map(CosOperation::label).collect(Collectors.toSet()))
                .hasSameSizeAs(CosOperation.values());
    }

    private static String answer(String request) {
        String[] words = request.split(" +");
        String[] headers = Stream.concat(
                        Stream.of("Host: b-1.cos.ap-x.myqcloud.com"),
                        Arrays.stream(words).skip(2).map(header -> header.replaceFirst(":", ": ")))
                .toArray(String[]::new);
        RequestHead head = Heads.good(raw(words[0] + " " + words[1] + " HTTP/1.1", headers));
        return CosTargetParser.parse(head, host -> false)
                .then(parsed -> OperationResolver.resolve(head.method(), parsed, head.headers()))
                .fold(
                        OperationResolverTest::text,
                        error -> Integer.toString(error.code().status()));
    }

    private static String text(CosOperation operation) {
        return operation.label() + " " + operation.action() + " "
                + operation.group().configName();
    }
}
