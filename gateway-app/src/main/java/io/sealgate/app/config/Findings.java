package io.sealgate.app.config;

import io.sealgate.core.config.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the checks find: problems, which stop the show, and warnings, which do not. Confined to one check. */
final class Findings {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final Problems problems;
    private final Problems warnings = new Problems();

    Findings(Problems problems) {
        this.problems = problems;
    }

    /** For the checks that records make of themselves. */
    Problems problems() {
        return problems;
    }

    /** For the same. */
    Problems collectedWarnings() {
        return warnings;
    }

    List<String> warnings() {
        return warnings.lines();
    }

    void problem(String path, String message) {
        problems.add(path, message);
    }

    void warn(String path, String message) {
        warnings.add(path, message);
    }

    /** Something that must be said was not. Silent if it was said wrongly, which is a problem already. */
    void missing(String path, String expected) {
        boolean known =
                problems.lines().stream().anyMatch(line -> line.startsWith(path + ':') || line.startsWith(path + '.'));
        if (!known) {
            problems.add(path, "missing (expected: " + expected + ")");
        }
    }

    /** Names must be there, plain, and each only once. */
    void names(String section, List<String> names) {
        plain(section, names);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String path = Paths.child(Paths.item(section, i), "name");
            String name = names.get(i);
            if (name.isEmpty()) {
                missing(path, "a name");
            } else if (!seen.add(name)) {
                problem(path, "name: " + name + " (expected: one of its own)");
            }
        }
    }

    /** Names are metric tags and log fields: nothing in them may need an escape. */
    void plain(String section, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isEmpty() && !NAME.matcher(names.get(i)).matches()) {
                problem(
                        Paths.child(Paths.item(section, i), "name"),
                        "name: " + names.get(i) + " (expected: up to 63 letters, digits, dots, hyphens, underscores)");
            }
        }
    }
}
