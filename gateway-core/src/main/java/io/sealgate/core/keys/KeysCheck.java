package io.sealgate.core.keys;

import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.config.Problems;
import io.sealgate.core.keys.KeyPart.Known;
import io.sealgate.core.keys.KeyPart.Made;
import io.sealgate.core.keys.KeyPart.OfClient;
import io.sealgate.core.model.ClientIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Finds what is wrong with how a route is to name its objects, before a client does. */
public final class KeysCheck {

    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final String SHORTEST_VALUE = "c";
    private static final String SHORTEST_EXTENSION = ".e";
    private static final RandomGenerator ZEROS = () -> 0;

    private KeysCheck() {}

    /** The template, unless something about it is reported. */
    public static Optional<KeyTemplate> run(KeysConfig config, Problems problems, String path) {
        int before = problems.lines().size();
        checkExtensions(config.extensions(), problems, path + ".extensions");
        try {
            KeyTemplate template = KeyTemplate.of(config);
            check(template, config, problems, path);
            return problems.lines().size() == before ? Optional.of(template) : Optional.empty();
        } catch (IllegalArgumentException e) {
            problems.add(path + ".template", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void checkExtensions(List<String> extensions, Problems problems, String path) {
        for (int i = 0; i < extensions.size(); i++) {
            if (!EXTENSION.matcher(extensions.get(i)).matches()) {
                problems.add(
                        path + '[' + i + ']',
                        "extension: " + extensions.get(i)
                                + " (expected: lower case, without the dot, jpg for instance)");
            }
        }
    }

    private static void check(KeyTemplate template, KeysConfig config, Problems problems, String path) {
        if (!template.isUnique()) {
            problems.add(
                    path + ".template", "template: " + config.template() + " (expected: ${ulid} or ${random} in it)");
        }
        if (!template.tellsClientsApart()) {
            problems.add(
                    path + ".template",
                    "template: " + config.template()
                            + " (expected: a slash between variables of the client's, and no other beside"
                            + " client.spiffe.path: two clients could have the same key)");
        }
        if (!KeyTemplate.isKey(shortest(config.template()))) {
            problems.add(
                    path + ".template",
                    "template: " + config.template()
                            + " (expected: at most 850 bytes, no slash in front, no empty segment, no . or .., no control"
                            + " character)");
        }
        if (template.hasExtension() == config.extensions().isEmpty()) {
            problems.add(
                    path + ".extensions",
                    template.hasExtension()
                            ? "extensions: none (expected: those that ${ext} may be)"
                            : "extensions: " + config.extensions() + " (expected: none, or ${ext} in the template)");
        }
    }

    /** What every key is like that the template can make. */
    private static String shortest(String template) {
        StringBuilder key = new StringBuilder();
        for (KeyPart part : TemplateParser.parse(template)) {
            if (part instanceof OfClient) {
                key.append(SHORTEST_VALUE);
            } else if (part instanceof Known known) {
                key.append(known.text(new ClientIdentity.Anonymous(), SHORTEST_EXTENSION));
            } else {
                key.append(((Made) part).make(Instant.EPOCH, ZEROS));
            }
        }
        return key.toString();
    }
}
