package io.sealgate.core.cam;

import java.util.List;

/**
 * One condition of a statement: an operator, a key, and values of which one must fit (or none, if the operator is negated).
 *
 * @param quantifier what must hold if the request says several things under the key
 * @param isOptional whether it holds where the key is missing
 * @param values     at least one
 * @param text       as it stands in the document, for explanations
 */
record Condition(
        Quantifier quantifier,
        Operator operator,
        ConditionKey key,
        boolean isOptional,
        List<ValueTest> values,
        String text) {

    Condition {
        values = List.copyOf(values);
    }

    /** What must hold of several values of a request. */
    enum Quantifier {
        /** The operator holds if one fits one; a negated one if none fits any. */
        NONE,
        ANY,
        ALL
    }

    /**
     * Whether it holds. A missing key does not fulfil a condition, not even a negated one, unless {@code _if_exist} says so; the same goes for
     * allow and deny.
     */
    Truth judge(Question question, Binding binding) {
        Found found = question.find(key);
        if (!found.isKnown()) {
            return Truth.UNSURE;
        }
        if (operator == Operator.NULL_EQUAL) {
            return fitsOne(String.valueOf(found.isMissing()), binding);
        }
        if (found.isMissing()) {
            return Truth.of(isOptional);
        }
        return switch (quantifier) {
            case NONE -> signed(any(found.values(), binding, false));
            case ANY -> any(found.values(), binding, operator.isNegated());
            case ALL -> all(found.values(), binding);
        };
    }

    private Truth signed(Truth truth) {
        return operator.isNegated() ? truth.not() : truth;
    }

    private Truth any(List<String> found, Binding binding, boolean isNegated) {
        Truth truth = Truth.NO;
        for (String value : found) {
            Truth fits = fitsOne(value, binding);
            truth = truth.or(isNegated ? fits.not() : fits);
        }
        return truth;
    }

    private Truth all(List<String> found, Binding binding) {
        Truth truth = Truth.YES;
        for (String value : found) {
            truth = truth.and(signed(fitsOne(value, binding)));
        }
        return truth;
    }

    private Truth fitsOne(String value, Binding binding) {
        Truth truth = Truth.NO;
        for (ValueTest test : values) {
            truth = truth.or(test.test(value, binding));
        }
        return truth;
    }

    /** The same with the variables that a route decides put in. */
    Condition on(String bucket, String route) {
        List<ValueTest> bound = values.stream()
                .map(test -> test instanceof ValueTest.Text text
                        ? new ValueTest.Text(text.pattern().on(bucket, route), text.ignoresCase())
                        : test)
                .toList();
        return new Condition(quantifier, operator, key, isOptional, bound, text);
    }

    /** The variables of the client's in it. */
    List<Variable> clientVariables() {
        return values.stream()
                .filter(ValueTest.Text.class::isInstance)
                .flatMap(test -> ((ValueTest.Text) test).pattern().clientVariables().stream())
                .toList();
    }

    /** Whether it holds only where the request says exactly {@code value}, or another that is listed with it. */
    boolean names(ConditionKey asked, String value) {
        return key == asked
                && operator.family() == Operator.Family.STRING
                && !operator.isNegated()
                && values.stream()
                        .anyMatch(test -> test instanceof ValueTest.Text text
                                && value.equals(text.pattern().literal()));
    }

    /** Whether it holds for no body that is longer than a number, and for none of unknown length. */
    boolean limitsLength() {
        return key == ConditionKey.CONTENT_LENGTH
                && !isOptional
                && switch (operator) {
                    case NUMERIC_EQUAL, NUMERIC_LESS_THAN, NUMERIC_LESS_THAN_EQUAL -> true;
                    default -> false;
                };
    }
}
