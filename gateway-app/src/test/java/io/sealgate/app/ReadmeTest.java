package io.sealgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's table of promises names the test classes that hold them; they are there. */
class ReadmeTest {

    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+(?:Test|IT))`");

    static List<String> promises() throws IOException {
        return Files.readAllLines(Path.of("../README.md")).stream()
                .dropWhile(line -> !line.equals("| promise | tested in |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("| "))
                .toList();
    }

    static Stream<String> testClasses() throws IOException {
        return promises().stream()
                .flatMap(row -> TEST_CLASS.matcher(row).results())
                .map((MatchResult found) -> found.group(1))
                .distinct();
    }

    @Test
    void everyPromiseNamesATest() throws IOException {
        assertThat(promises())
                .hasSizeGreaterThan(50)
                .allMatch(row -> TEST_CLASS.matcher(row).find());
    }

    @ParameterizedTest
    @MethodSource("testClasses")
    void everyTestThatIsNamedExists(String type) throws IOException {
        assertThat(TrustDocumentTest.sources(type + ".java"))
                .as("classes of this name")
                .isNotEmpty();
    }
}
