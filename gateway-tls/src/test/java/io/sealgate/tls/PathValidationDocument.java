package io.sealgate.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The generated part of {@code docs/path-validation.md}. With {@code -Dsealgate.docs=write} the tests write it instead of
 * only reading it.
 */
record PathValidationDocument(String text) {

    private static final Path FILE = Path.of("..", "docs", "path-validation.md");
    private static final String BEGIN = "<!-- generated: begin -->\n";
    private static final String END = "<!-- generated: end -->\n";

    /** Reads the document, written anew first where that was asked for. */
    static PathValidationDocument open() {
        try {
            PathValidationDocument document = new PathValidationDocument(Files.readString(FILE));
            if (System.getProperty("sealgate.docs", "").equals("write")) {
                Files.writeString(FILE, document.with(render(PathCase.topics())));
                document = new PathValidationDocument(Files.readString(FILE));
            }
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String table() {
        return text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));
    }

    private String with(String table) {
        return text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + table + text.substring(text.indexOf(END));
    }

    static String render(Map<String, List<PathCase>> topics) {
        StringBuilder out = new StringBuilder();
        List<PathCase> rows = topics.values().stream().flatMap(List::stream).toList();
        List<PathCase> deviations =
                rows.stream().filter(row -> !row.deviation().isEmpty()).toList();
        out.append("\n%d cases, %d of them decided otherwise.\n".formatted(rows.size(), deviations.size()));
        topics.forEach((topic, cases) -> table(out, topic, cases));
        out.append("\n## Decided otherwise\n\n| case | why |\n|---|---|\n");
        deviations.forEach(row -> out.append("| %s | %s |\n".formatted(row.what(), row.deviation())));
        return out.append('\n').toString();
    }

    private static void table(StringBuilder out, String topic, List<PathCase> cases) {
        out.append("\n## %s\n\n| case | after | expected | Sealgate |\n|---|---|---|---|\n".formatted(topic));
        for (PathCase row : cases) {
            out.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            row.what(),
                            row.standard(),
                            row.good() ? PathCase.ACCEPTED : "refused",
                            row.deviation().isEmpty() ? row.verdict() : "**" + row.verdict() + "**"));
        }
    }
}
