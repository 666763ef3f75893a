package io.sealgate.core.exchange;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of how many an answer brings (RFC 9110 §14.4).
 *
 * @param first offset of the first byte
 * @param last  offset of the last byte
 * @param total length of the whole object, in bytes
 */
record ContentRange(long first, long last, long total) {

    private static final Pattern SYNTAX = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");

    /** Reads a header's value; {@code null} if it is none of a single known range. */
    static @Nullable ContentRange parse(@Nullable String value) {
        Matcher match = SYNTAX.matcher(value == null ? "" : value);
        if (!match.matches()) {
            return null;
        }
        ContentRange range = new ContentRange(
                Long.parseLong(match.group(1)), Long.parseLong(match.group(2)), Long.parseLong(match.group(3)));
        return range.first <= range.last && range.last < range.total ? range : null;
    }

    /** How many bytes it is. */
    long length() {
        return last - first + 1;
    }
}
