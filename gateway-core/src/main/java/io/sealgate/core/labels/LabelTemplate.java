package io.sealgate.core.labels;

import io.sealgate.core.cam.NameSeparation;
import io.sealgate.core.cam.Variable;
import io.sealgate.core.cam.VariableText;
import io.sealgate.core.model.ClientIdentity;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of a label: words, and variables of the client's certificate in them. Immutable.
 *
 * @param parts in their order
 */
record LabelTemplate(List<Part> parts) {

    /**
     * One piece.
     *
     * @param words    as they stand; empty for a variable
     * @param variable what stands there instead
     */
    private record Part(String words, @Nullable Variable variable) {}

    LabelTemplate {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException with a complete message if there is an unknown variable, or nothing at all */
    static LabelTemplate parse(String text) {
        List<Part> parts =
                VariableText.parse(text, words -> new Part(words, null), name -> new Part("", variable(name)));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("label: empty (expected: text or variables)");
        }
        return new LabelTemplate(parts);
    }

    private static Variable variable(String name) {
        return Variable.of(name)
                .filter(Variable::isOfClient)
                .orElseThrow(() -> new IllegalArgumentException(
                        "variable: " + name + " (expected: one of " + Variable.allOfClient() + ")"));
    }

    /** Whether no two clients can have the same text, whatever they are called. */
    boolean tellsClientsApart() {
        NameSeparation names = new NameSeparation(true);
        for (Part part : parts) {
            if (part.variable() == null) {
                names.words(part.words());
            } else {
                names.variable(part.variable());
            }
        }
        return names.tellsClientsApart();
    }

    /** The variables of the client's in it. */
    Set<Variable> clientVariables() {
        return parts.stream().map(Part::variable).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
    }

    /** What it says without any client: the words. */
    String words() {
        StringBuilder words = new StringBuilder();
        parts.forEach(part -> words.append(part.words()));
        return words.toString();
    }

    /** The text for {@code client}; {@code null} if its certificate has nothing for a variable, or several of which nobody knows which is meant. */
    @Nullable
    String text(ClientIdentity client) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part.variable() == null) {
                text.append(part.words());
                continue;
            }
            List<String> values = part.variable().valuesOf(client);
            if (values.size() != 1) {
                return null;
            }
            text.append(values.get(0));
        }
        return text.toString();
    }
}
