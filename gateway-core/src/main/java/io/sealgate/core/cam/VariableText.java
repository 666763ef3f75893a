package io.sealgate.core.cam;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a text with variables, written <code>${name}</code>, apart. */
public final class VariableText {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private VariableText() {}

    /**
     * The parts of {@code text} in their order.
     *
     * @param words    makes a part of what stands between variables; never asked about nothing
     * @param variable makes one of a variable's name
     * @throws IllegalArgumentException with a complete message if a variable has no end, or {@code variable} says so
     */
    public static <P> List<P> parse(
            String text, Function<String, ? extends P> words, Function<String, ? extends P> variable) {
        List<P> parts = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            addWords(parts, text.substring(end, matcher.start()), words);
            parts.add(variable.apply(matcher.group(1)));
            end = matcher.end();
        }
        addWords(parts, text.substring(end), words);
        return parts;
    }

    private static <P> void addWords(List<P> parts, String text, Function<String, ? extends P> words) {
        if (text.contains("${")) {
            throw new IllegalArgumentException("variable: " + text + " (expected: ${name} with its closing brace)");
        }
        if (!text.isEmpty()) {
            parts.add(words.apply(text));
        }
    }
}
