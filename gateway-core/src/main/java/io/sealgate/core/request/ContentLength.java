package io.sealgate.core.request;

import java.util.OptionalLong;

/** Lengths in header fields: digits only, no leading zeros, in 63 bits, so that one number has one spelling. */
public final class ContentLength {

    private static final int MAX_DIGITS = 19;

    private ContentLength() {}

    /** The number that {@code text} spells, or empty. */
    public static OptionalLong parse(String text) {
        boolean isCanonical = !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        boolean fits = text.length() < MAX_DIGITS || text.compareTo(Long.toString(Long.MAX_VALUE)) <= 0;
        return isCanonical && fits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
