package io.sealgate.core.cam;

import io.sealgate.core.cam.ConditionKey.Source;
import java.util.List;

/**
 * A deny of all values but some, or of what is too long, does not catch requests that leave the header or parameter out: what is missing
 * fulfils no condition. Silent where the policy says elsewhere what is to become of those.
 */
final class AbsenceRule implements LintRule {

    @Override
    public void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks) {
        if (statement.allows()) {
            return;
        }
        for (WrittenCondition condition : statement.conditions()) {
            boolean isEscaped = catchesTheRest(condition)
                    && !condition.condition().isOptional()
                    && canBeMissing(condition.key())
                    && policy.stream().noneMatch(other -> minds(other, condition.key()));
            if (isEscaped) {
                remarks.add(
                        condition.path(),
                        PolicyAdvice.ABSENCE_ESCAPES,
                        "deny",
                        condition.condition().text());
            }
        }
    }

    private static boolean catchesTheRest(WrittenCondition condition) {
        return switch (condition.operator()) {
            case NUMERIC_GREATER_THAN, NUMERIC_GREATER_THAN_EQUAL -> condition.key() == ConditionKey.CONTENT_LENGTH;
            case BOOL_EQUAL, STRING_EQUAL -> isAboutOverwriting(condition);
            default -> condition.operator().isNegated();
        };
    }

    /** Saying nothing means the same as {@code false} there. */
    private static boolean isAboutOverwriting(WrittenCondition condition) {
        return condition.key() == ConditionKey.FORBID_OVERWRITE
                && condition.values().stream().anyMatch(value -> value.text().equals("false"));
    }

    /** A body that is chunked has no length in its head. */
    private static boolean canBeMissing(ConditionKey key) {
        return key.source() != Source.CONNECTION || key == ConditionKey.CONTENT_LENGTH;
    }

    private static boolean minds(WrittenStatement statement, ConditionKey key) {
        return statement.conditions().stream().anyMatch(condition -> condition.isAboutPresence(key));
    }
}
