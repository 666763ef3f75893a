package io.sealgate.core.cam;

import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Literal;
import io.sealgate.core.cam.TextPattern.Part.Reference;
import java.util.List;

/** Two names of a client side by side can be the same text as two names of another client. */
final class JoinedNamesRule implements LintRule {

    @Override
    public void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks) {
        if (!statement.allows()) {
            return;
        }
        for (Written<ResourceName> resource : statement.resources()) {
            if (!tellsClientsApart(resource.value().path())) {
                remarks.add(resource.path(), PolicyAdvice.JOINED_NAMES, "resource", resource.text());
            }
        }
        for (WrittenCondition condition : statement.conditions()) {
            if (!condition.operator().isNegated()) {
                condition.values().forEach(value -> look(value, remarks));
            }
        }
    }

    private static void look(Written<ValueTest> value, Remarks remarks) {
        if (value.value() instanceof ValueTest.Text text && !tellsClientsApart(text.pattern())) {
            remarks.add(value.path(), PolicyAdvice.JOINED_NAMES, "value", value.text());
        }
    }

    private static boolean tellsClientsApart(TextPattern pattern) {
        NameSeparation names = new NameSeparation(false);
        for (Part part : pattern.parts()) {
            if (part instanceof Literal literal) {
                names.words(literal.text());
            } else if (part instanceof Reference reference) {
                names.variable(reference.variable());
            } else {
                names.anything();
            }
        }
        return names.tellsClientsApart();
    }
}
