package io.sealgate.core.cam;

import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Literal;
import io.sealgate.core.cam.TextPattern.Part.Reference;
import io.sealgate.core.cam.TextPattern.Part.Star;
import java.util.List;
import java.util.Set;

/** A client's name with a star and no slash behind it is also the beginning of other clients' names. */
final class OpenNameRule implements LintRule {

    /** Those of which one can be the beginning of another. Fingerprints are all of one length. */
    private static final Set<Variable> NAMES = Set.of(
            Variable.CLIENT_CN,
            Variable.CLIENT_SAN_DNS,
            Variable.CLIENT_SAN_URI,
            Variable.CLIENT_SPIFFE_PATH,
            Variable.CLIENT_SERIAL,
            Variable.CLIENT_ISSUER_CN);

    @Override
    public void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks) {
        if (!statement.allows()) {
            return;
        }
        for (Written<ResourceName> resource : statement.resources()) {
            if (isOpen(resource.value().path().parts())) {
                remarks.add(resource.path(), PolicyAdvice.OPEN_NAME, "resource", resource.text());
            }
        }
        for (WrittenCondition condition : statement.conditions()) {
            if (condition.key() == ConditionKey.PREFIX && !condition.operator().isNegated()) {
                condition.values().forEach(value -> look(value, remarks));
            }
        }
    }

    private static void look(Written<ValueTest> value, Remarks remarks) {
        if (value.value() instanceof ValueTest.Text text
                && isOpen(text.pattern().parts())) {
            remarks.add(value.path(), PolicyAdvice.OPEN_NAME, "value", value.text());
        }
    }

    private static boolean isOpen(List<Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            boolean isName = parts.get(i) instanceof Reference reference && NAMES.contains(reference.variable());
            if (isName && reachesStar(parts.subList(i + 1, parts.size()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a star before any slash. */
    private static boolean reachesStar(List<Part> rest) {
        for (Part part : rest) {
            if (part instanceof Star) {
                return true;
            }
            if (part instanceof Literal literal && literal.text().indexOf('/') >= 0) {
                return false;
            }
        }
        return false;
    }
}
