package io.sealgate.core.cam;

import io.sealgate.core.cam.ConditionKey.Source;
import io.sealgate.core.cam.TextPattern.Part;
import io.sealgate.core.cam.TextPattern.Part.Star;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads single values of conditions. */
final class ConditionValues {

    private static final Pattern ENCODED = Pattern.compile("(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*");

    private ConditionValues() {}

    /**
     * Reads one value for {@code operator} on {@code key}.
     *
     * @throws IllegalArgumentException with a complete message if it is no such value
     */
    static ValueTest parse(Operator operator, ConditionKey key, String text) {
        return switch (operator.family()) {
            case STRING -> new ValueTest.Text(pattern(operator, key, text), operator.ignoresCase());
            case NUMERIC -> number(operator, PolicyNumber.of(key), text);
            case DATE -> new ValueTest.Time(operator, time(text));
            case IP -> new ValueTest.Address(Network.parse(text));
            case BOOL, NULL -> new ValueTest.Bool(bool(text));
        };
    }

    private static TextPattern pattern(Operator operator, ConditionKey key, String text) {
        UnaryOperator<String> decoder =
                key.source() == Source.QUERY ? encoded -> decode(encoded, text) : UnaryOperator.identity();
        TextPattern pattern = TextPattern.parse(text, operator.isLike(), decoder);
        List<Part> parts = pattern.parts();
        for (int i = 1; i < parts.size() - 1; i++) {
            if (parts.get(i) instanceof Star) {
                throw new IllegalArgumentException("value: " + text + " (expected: * at the beginning or end only)");
            }
        }
        return pattern;
    }

    /** COS compares what the query says before it is decoded. The decoded value is the same, however the client spelled it. */
    private static String decode(String encoded, String text) {
        String decoded = ENCODED.matcher(encoded).matches() ? PercentText.decode(encoded) : null;
        if (decoded == null) {
            throw new IllegalArgumentException(
                    "value: " + text + " (expected: percent-encoded UTF-8 as in a query, such as users%2F)");
        }
        return decoded;
    }

    private static ValueTest number(Operator operator, PolicyNumber kind, String text) {
        long number = kind.parse(text)
                .orElseThrow(
                        () -> new IllegalArgumentException("number: " + text + " (expected: " + kind.expected() + ")"));
        return new ValueTest.Numeric(operator, kind, number);
    }

    private static long time(String text) {
        return PolicyTime.parse(text)
                .map(Instant::toEpochMilli)
                .orElseThrow(() -> new IllegalArgumentException(
                        "date: " + text + " (expected: UTC such as 2026-01-01T00:00:00Z)"));
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("value: " + text + " (expected: true or false)");
        };
    }
}
