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

    private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})", Pattern.CASE_INSENSITIVE);

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

    /** Whether this is what {@code range}, the value of a {@code Range} header, asks for; one that is not understood asks for anything. */
    boolean answers(String range) {
        Matcher match = SINGLE.matcher(range.strip());
        if (!match.matches()) {
            return true;
        }
        String from = match.group(1);
        String to = match.group(2);
        if (from.isEmpty()) {
            return last == total - 1 && (to.isEmpty() || length() == Math.min(Long.parseLong(to), total));
        }
        return first == Long.parseLong(from)
                && last == (to.isEmpty() ? total - 1 : Math.min(Long.parseLong(to), total - 1));
    }

    /** How many bytes it is. */
    long length() {
        return last - first + 1;
    }
}
