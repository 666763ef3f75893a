package io.sealgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/trust.md} names the tests that hold its promises; they are there. */
class TrustDocumentTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern REFERENCE = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern TEST = Pattern.compile("@(Parameterized)?Test\\b");

    /** A test as the document names it. */
    record Reference(String type, String method) {

        /** Whether {@code source} has the method, as a test. What belongs to a method stands behind the last empty line before it. */
        boolean isTestIn(String source) {
            int at = source.indexOf("void " + method + "(");
            return at >= 0
                    && TEST.matcher(source.substring(source.lastIndexOf("\n\n", at), at))
                            .find();
        }

        @Override
        public String toString() {
            return type + "#" + method;
        }
    }

    static List<String> promises() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/trust.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| held by |"))
                .toList();
    }

    static Stream<Reference> references() throws IOException {
        return promises().stream()
                .flatMap(row -> REFERENCE.matcher(row).results())
                .map(found -> new Reference(found.group(1), found.group(2)))
                .distinct();
    }

    @Test
    void everyPromiseNamesATest() throws IOException {
        assertThat(promises())
                .isNotEmpty()
                .allMatch(row -> REFERENCE.matcher(row).find());
    }

    @ParameterizedTest
    @MethodSource("references")
    void everyTestThatIsNamedExists(Reference reference) throws IOException {
        assertThat(sources(reference.type() + ".java"))
                .as("classes of this name")
                .isNotEmpty()
                .anyMatch(reference::isTestIn);
    }

    /** Texts of test classes with this file name; different modules may have one each. */
    static List<String> sources(String file) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(tests -> find(tests, file))
                    .toList();
        }
    }

    private static Stream<String> find(Path tests, String file) {
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(path -> path.endsWith(file)).map(TrustDocumentTest::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
