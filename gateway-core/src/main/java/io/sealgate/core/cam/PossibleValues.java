package io.sealgate.core.cam;

import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Literal;
import io.sealgate.core.cam.TextPattern.Part.Reference;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What requests can have under each condition key. Where that is not certain, anything. */
final class PossibleValues {

    private static final Set<String> ACLS = Set.of(
            "default",
            "private",
            "public-read",
            "public-read-write",
            "authenticated-read",
            "bucket-owner-read",
            "bucket-owner-full-control");

    private static final Set<String> LOCK_MODES = Set.of("COMPLIANCE", "GOVERNANCE");
    private static final Set<String> BOOLS = Set.of("true", "false");

    /** Old ones too, of which a policy may speak to be on the safe side. */
    private static final List<BigDecimal> TLS_VERSIONS =
            Stream.of("1.0", "1.1", "1.2", "1.3").map(BigDecimal::new).toList();

    private static final Pattern STORAGE_CLASS = Pattern.compile("[A-Z_]*");
    private static final Pattern HOST = Pattern.compile("[a-z0-9._-]*|[0-9a-f:.\\[\\]]*");

    /** RFC 9110 §8.3.1. */
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w!#$%&'+.^`|~-]+/[\\w!#$%&'+.^`|~-]+(\\s*;.*)?");

    /** Up to parameters no blank, and no beginning or end that is a regular expression's. */
    private static final Pattern PIECE_OF_MEDIA_TYPE = Pattern.compile("(?!\\^)[^\\s;]*(?<!/\\.)(?<!\\$)(\\s*;.*)?");

    private PossibleValues() {}

    /** Whether a request's value can ever be to the condition's as its operator, without any {@code not}, says. */
    static boolean canBe(Operator operator, ConditionKey key, Written<ValueTest> value) {
        if (operator == Operator.NULL_EQUAL) {
            return value.text().equals("false") || !isAlwaysThere(key);
        }
        if (value.value() instanceof ValueTest.Numeric numeric) {
            return canBe(numeric, key);
        }
        return !(value.value() instanceof ValueTest.Text text) || canBe(operator, text, key);
    }

    private static boolean isAlwaysThere(ConditionKey key) {
        return switch (key) {
            case CURRENT_TIME, SECURE_TRANSPORT, HOST -> true;
            default -> false;
        };
    }

    private static boolean canBe(ValueTest.Numeric test, ConditionKey key) {
        BigDecimal number = test.number();
        Operator operator = test.operator();
        if (key == ConditionKey.TLS_VERSION) {
            return TLS_VERSIONS.stream().anyMatch(version -> operator.holdsFor(version.compareTo(number)));
        }
        if (key == ConditionKey.LOCK_DAYS) {
            return true; // days that have gone by are below zero
        }
        // whole numbers from zero: the one below, the one above, or zero itself
        return Stream.of(BigDecimal.ZERO, number.setScale(0, RoundingMode.FLOOR), number.add(BigDecimal.ONE))
                .filter(whole -> whole.signum() >= 0)
                .anyMatch(whole -> operator.holdsFor(whole.compareTo(number)));
    }

    private static boolean canBe(Operator operator, ValueTest.Text test, ConditionKey key) {
        if (test.pattern().parts().stream().anyMatch(Reference.class::isInstance)) {
            return true;
        }
        String literal = literalOf(test.pattern());
        boolean ignoresCase = operator.ignoresCase();
        return switch (key) {
            case ACL -> isOneOf(ACLS, test);
            case LOCK_MODE -> isOneOf(LOCK_MODES, test);
            case FORBID_OVERWRITE -> isOneOf(BOOLS, test);
            case STORAGE_CLASS ->
                STORAGE_CLASS
                        .matcher(ignoresCase ? literal.toUpperCase(Locale.ROOT) : literal)
                        .matches();
            case HOST ->
                HOST.matcher(ignoresCase ? literal.toLowerCase(Locale.ROOT) : literal)
                        .matches();
            case CONTENT_TYPE, RESPONSE_CONTENT_TYPE ->
                (operator.isLike() ? PIECE_OF_MEDIA_TYPE : MEDIA_TYPE)
                        .matcher(literal)
                        .matches();
            case REQUEST_TAG -> operator.isLike() || literal.contains("&");
            default -> true;
        };
    }

    private static boolean isOneOf(Set<String> words, ValueTest.Text test) {
        return words.stream().anyMatch(word -> test.test(word, Question.NOBODY) == Truth.YES);
    }

    /** Without its stars, which stand at the ends only. */
    private static String literalOf(TextPattern pattern) {
        StringBuilder literal = new StringBuilder();
        for (Part part : pattern.parts()) {
            if (part instanceof Literal text) {
                literal.append(text.text());
            }
        }
        return literal.toString();
    }
}
