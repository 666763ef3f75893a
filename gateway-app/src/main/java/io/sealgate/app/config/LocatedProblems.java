package io.sealgate.app.config;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts file and line before problems that know only their path, and sorts them as the file goes. */
final class LocatedProblems {

    /** One step of a path: {@code .name} or {@code [3]}. */
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d+)]");

    private final String fileName;
    private final YamlNode root;

    LocatedProblems(String fileName, YamlNode root) {
        this.fileName = fileName;
        this.root = root;
    }

    /** {@code file:line: path: message} for each {@code path: message}. */
    List<String> locate(List<String> problems) {
        return problems.stream()
                .map(problem -> new Located(lineOf(problem), problem))
                .sorted(Comparator.comparingInt(Located::line))
                .map(located -> fileName + ':' + located.line() + ": " + located.problem())
                .toList();
    }

    /** The line of the deepest part of the problem's path that the file has. */
    private int lineOf(String problem) {
        String path = problem.substring(0, problem.indexOf(':'));
        YamlNode node = root;
        Matcher steps = STEP.matcher(path);
        while (steps.find()) {
            YamlNode child = child(node, steps);
            if (child == null) {
                break;
            }
            node = child;
        }
        return node.line();
    }

    private static @Nullable YamlNode child(YamlNode node, Matcher step) {
        if (node instanceof YamlNode.Mapping mapping && step.group(1) != null) {
            return mapping.entries().get(step.group(1));
        }
        if (node instanceof YamlNode.Sequence sequence && step.group(2) != null) {
            int index = Integer.parseInt(step.group(2));
            return index < sequence.items().size() ? sequence.items().get(index) : null;
        }
        return null;
    }

    private record Located(int line, String problem) {}
}
