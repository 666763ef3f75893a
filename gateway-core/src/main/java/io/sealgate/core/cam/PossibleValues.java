package io.sealgate.core.cam;

import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Literal;
import io.sealgate.core.cam.TextPattern.Part.Reference;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

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
            return canBe(numeric);
        }
        return !(value.value() instanceof ValueTest.Text text) || canBe(operator, text, key);
    }

    private static boolean isAlwaysThere(ConditionKey key) {
        return switch (key) {
            case CURRENT_TIME, SECURE_TRANSPORT, HOST -> true;
            default -> false;
        };
    }

    /** Only less than zero is impossible. Of older versions of TLS a policy may speak to be on the safe side. */
    private static boolean canBe(ValueTest.Numeric test) {
        return test.kind() == PolicyNumber.TLS_VERSION
                || LongStream.of(0, test.number(), test.number() + 1)
                        .anyMatch(number -> test.operator().holdsFor(Long.compare(number, test.number())));
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
            case PREFIX, DELIMITER, VERSION_ID -> operator.isLike() || !literal.isEmpty();
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
