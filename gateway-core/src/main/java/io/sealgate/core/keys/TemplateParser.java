package io.sealgate.core.keys;

import io.sealgate.core.cam.Variable;
import io.sealgate.core.cam.VariableText;
import io.sealgate.core.keys.KeyPart.Extension;
import io.sealgate.core.keys.KeyPart.Literal;
import io.sealgate.core.keys.KeyPart.OfClient;
import io.sealgate.core.keys.KeyPart.Unique;
import java.util.List;

/** Takes a template's text apart. */
final class TemplateParser {

    private static final String DATE = "date:";

    private TemplateParser() {}

    /** @throws IllegalArgumentException with a complete message if there is an unknown variable */
    static List<KeyPart> parse(String template) {
        return VariableText.parse(template, Literal::new, TemplateParser::variable);
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
