package io.sealgate.core.model;

import java.util.OptionalLong;

/**
 * Numbers as requests, documents and policies write them: one grammar, so that no text is a number to one reader
 * alone. Only the digits of ASCII count, no sign, no point, no exponent, no space.
 */
public final class DecimalText {

    /** As many as always fit into 63 bits. */
    private static final int MAX_DIGITS = 18;

    /** COS has no part beyond this number. */
    private static final int MAX_PART = 10_000;

    private DecimalText() {}

    /** The number that {@code text} is, {@code [0-9]{1,18}}; empty if it is none. */
    public static OptionalLong parse(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return OptionalLong.empty();
            }
            number = number * 10 + (digit - '0');
        }
        return OptionalLong.of(number);
    }

    /** The same, but empty if there are leading zeros: one number has one spelling. */
    public static OptionalLong plain(String text) {
        return text.length() > 1 && text.charAt(0) == '0' ? OptionalLong.empty() : parse(text);
    }

    /** The number of a part, 1 to 10,000, or 0 if {@code text} is not a plain one. */
    public static int partNumber(String text) {
        long number = plain(text).orElse(0);
        return number > MAX_PART ? 0 : (int) number;
    }
}
