package io.sealgate.core.cam;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a condition compares, without what may stand before and behind its name. */
enum Operator {
    STRING_EQUAL(Family.STRING, false),
    STRING_NOT_EQUAL(Family.STRING, true),
    STRING_EQUAL_IGNORE_CASE(Family.STRING, false),
    STRING_NOT_EQUAL_IGNORE_CASE(Family.STRING, true),
    STRING_LIKE(Family.STRING, false),
    STRING_NOT_LIKE(Family.STRING, true),
    STRING_LIKE_IGNORE_CASE(Family.STRING, false),
    STRING_NOT_LIKE_IGNORE_CASE(Family.STRING, true),
    NUMERIC_EQUAL(Family.NUMERIC, false),
    NUMERIC_NOT_EQUAL(Family.NUMERIC, true),
    NUMERIC_LESS_THAN(Family.NUMERIC, false),
    NUMERIC_LESS_THAN_EQUAL(Family.NUMERIC, false),
    NUMERIC_GREATER_THAN(Family.NUMERIC, false),
    NUMERIC_GREATER_THAN_EQUAL(Family.NUMERIC, false),
    DATE_EQUAL(Family.DATE, false),
    DATE_NOT_EQUAL(Family.DATE, true),
    DATE_LESS_THAN(Family.DATE, false),
    DATE_LESS_THAN_EQUAL(Family.DATE, false),
    DATE_GREATER_THAN(Family.DATE, false),
    DATE_GREATER_THAN_EQUAL(Family.DATE, false),
    IP_EQUAL(Family.IP, false),
    IP_NOT_EQUAL(Family.IP, true),
    BOOL_EQUAL(Family.BOOL, false),
    NULL_EQUAL(Family.NULL, false);

    static final String EXPECTED = "string_equal, string_like, numeric_less_than_equal, date_less_than, ip_equal, "
            + "bool_equal, null_equal or one of their kind, perhaps with for_any_value: or for_all_value: in front and "
            + "_if_exist behind";

    /** What kind of values an operator compares. */
    enum Family {
        STRING,
        NUMERIC,
        DATE,
        IP,
        BOOL,
        NULL
    }

    private final Family family;
    private final boolean isNegated;

    Operator(Family family, boolean isNegated) {
        this.family = family;
        this.isNegated = isNegated;
    }

    Family family() {
        return family;
    }

    /** Whether it holds where none of its values does. */
    boolean isNegated() {
        return isNegated;
    }

    boolean ignoresCase() {
        return name().endsWith("_IGNORE_CASE");
    }

    boolean isLike() {
        return name().contains("_LIKE");
    }

    /** Whether it holds for a value that compares so with the policy's, as {@link Comparable#compareTo} says it. */
    boolean holdsFor(int comparison) {
        return switch (this) {
            case NUMERIC_LESS_THAN, DATE_LESS_THAN -> comparison < 0;
            case NUMERIC_LESS_THAN_EQUAL, DATE_LESS_THAN_EQUAL -> comparison <= 0;
            case NUMERIC_GREATER_THAN, DATE_GREATER_THAN -> comparison > 0;
            case NUMERIC_GREATER_THAN_EQUAL, DATE_GREATER_THAN_EQUAL -> comparison >= 0;
            default -> comparison == 0;
        };
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Operator> of(String text) {
        return Arrays.stream(values())
                .filter(operator -> operator.text().equals(text))
                .findFirst();
    }
}
