package io.sealgate.tls;

import java.util.List;
import java.util.Map;

/** The generated part of {@code docs/path-validation.md}. */
final class PathValidationDocument {

    private PathValidationDocument() {}

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
