package io.sealgate.core.cam;

import java.util.List;

/** Values that no request can have: an allow with one never applies, and a deny catches nothing or everything. */
final class ImpossibleValueRule implements LintRule {

    @Override
    public void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks) {
        for (WrittenCondition condition : statement.conditions()) {
            for (Written<ValueTest> value : condition.values()) {
                if (isStarInEqual(condition.operator(), value.text())) {
                    remarks.add(value.path(), PolicyAdvice.LITERAL_STAR, "value", value.text());
                } else if (!PossibleValues.canBe(condition.operator(), condition.key(), value)) {
                    remarks.add(value.path(), PolicyAdvice.VALUE_NEVER_SENT, "value", value.text());
                }
            }
        }
    }

    /** None of the keys has values with stars in them. */
    private static boolean isStarInEqual(Operator operator, String text) {
        return operator.family() == Operator.Family.STRING && !operator.isLike() && text.contains("*");
    }
}
