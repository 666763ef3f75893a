package io.sealgate.core.keys;

import io.sealgate.core.cam.Variable;
import io.sealgate.core.keys.KeyPart.Extension;
import io.sealgate.core.keys.KeyPart.Literal;
import io.sealgate.core.keys.KeyPart.OfClient;
import io.sealgate.core.keys.KeyPart.Unique;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a template's text apart. */
final class TemplateParser {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final String DATE = "date:";

    private TemplateParser() {}

    /** @throws IllegalArgumentException with a complete message if there is an unknown variable */
    static List<KeyPart> parse(String template) {
        List<KeyPart> parts = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(template);
        int end = 0;
        while (matcher.find()) {
            addText(parts, template.substring(end, matcher.start()));
            parts.add(variable(matcher.group(1)));
            end = matcher.end();
        }
        addText(parts, template.substring(end));
        return parts;
    }

    private static void addText(List<KeyPart> parts, String text) {
        if (text.contains("${")) {
            throw new IllegalArgumentException("variable: " + text + " (expected: ${name} with its closing brace)");
        }
        if (!text.isEmpty()) {
            parts.add(new Literal(text));
        }
    }

    private static KeyPart variable(String name) {
        if (name.startsWith(DATE)) {
            return KeyDate.parse(name.substring(DATE.length()));
        }
        return switch (name) {
            case "ulid" -> Unique.ULID;
            case "random" -> Unique.RANDOM;
            case "ext" -> new Extension();
            default ->
                Variable.of(name)
                        .filter(Variable::isOfClient)
                        .map(OfClient::new)
                        .orElseThrow(() -> new IllegalArgumentException("variable: " + name
                                + " (expected: one of " + Variable.allOfClient()
                                + ", date:PATTERN, ulid, random, ext)"));
        };
    }
}
