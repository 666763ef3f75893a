package io.sealgate.core.rewrite;

import io.sealgate.core.model.ClientIdentity.Certified;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The value of a configured header: text, and variables in it. Where anything stands behind a variable, the delimiters
 * of the text are encoded in all values, so that no client's name can look like more than one value.
 *
 * @param parts      in their order
 * @param separators what is percent-encoded in values: the delimiters (RFC 3986 §2.2) of the text, if that has to be
 *     told from values
 */
record IdentityTemplate(List<Part> parts, String separators) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");

    /**
     * One piece.
     *
     * @param text     as it stands; empty for a variable
     * @param variable what stands there instead of a text
     */
    private record Part(String text, @Nullable ClientVariable variable) {
        String value(Certified client, String separators) {
            return variable == null ? text : variable.value(client, separators);
        }
    }

    IdentityTemplate {
        parts = List.copyOf(parts);
    }

    /** Throws with a complete message if {@code text} has an unknown variable or is no header value. */
    static IdentityTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            addText(parts, text.substring(end, matcher.start()));
            String name = matcher.group(1);
            parts.add(new Part(
                    "",
                    ClientVariable.of(name)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "variable: " + name + " (expected: one of " + ClientVariable.all() + ")"))));
            end = matcher.end();
        }
        addText(parts, text.substring(end));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("value: empty (expected: text or variables)");
        }
        checkDelimiters(parts, text);
        return new IdentityTemplate(parts, separators(parts));
    }

    /** Between two variables stands a character that is in the value of neither. A list has commas of its own. */
    private static void checkDelimiters(List<Part> parts, String text) {
        ClientVariable before = null;
        String between = "";
        for (Part part : parts) {
            if (part.variable() == null) {
                between = UNRESERVED.matcher(part.text()).replaceAll("");
                continue;
            }
            if (before != null) {
                boolean isList = before.isList() || part.variable().isList();
                if ((isList ? between.replace(",", "") : between).isEmpty()) {
                    throw new IllegalArgumentException("value: " + text
                            + " (expected: a delimiter such as ; between variables, and not a comma"
                            + " beside client.san-…)");
                }
            }
            before = part.variable();
            between = "";
        }
    }

    private static String separators(List<Part> parts) {
        // a value that ends the header cannot be taken for anything that follows
        boolean endsHeader = parts.stream().limit(parts.size() - 1L).allMatch(part -> part.variable() == null);
        String words = parts.stream().map(Part::text).collect(Collectors.joining());
        return endsHeader ? "" : UNRESERVED.matcher(words).replaceAll("");
    }

    private static void addText(List<Part> parts, String text) {
        if (!Refusals.isPlainText(text) || text.contains("${")) {
            throw new IllegalArgumentException("value: " + text + " (expected: printable ASCII, ${client.cn} whole)");
        }
        if (!text.isEmpty()) {
            parts.add(new Part(text, null));
        }
    }

    /** The value for {@code client}; null if it lacks something that is to be in it. */
    @Nullable
    String value(Certified client) {
        StringBuilder value = new StringBuilder();
        for (Part part : parts) {
            String text = part.value(client, separators);
            if (text.isEmpty()) {
                return null;
            }
            value.append(text);
        }
        return value.toString();
    }
}
