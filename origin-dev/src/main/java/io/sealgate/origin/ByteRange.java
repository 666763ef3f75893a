package io.sealgate.origin;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of an object, both ends within it. */
record ByteRange(long first, long last) {
    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    long length() {
        return last - first + 1;
    }

    /**
     * The range that a Range header asks for. Empty means the whole object: there is no header, or one that COS ignores
     * because it is malformed or names several ranges.
     *
     * @throws Refusal InvalidRange if no byte of the object is asked for
     */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher range = SINGLE.matcher(header.replace(" ", ""));
        if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (range.group(1).isEmpty()) {
            long count = Math.min(Long.parseLong(range.group(2)), size);
            return Optional.of(within(size - count, size - 1, size));
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
        if (!range.group(2).isEmpty() && last < first) {
            return Optional.empty();
        }
        return Optional.of(within(first, Math.min(last, size - 1), size));
    }

    private static ByteRange within(long first, long last, long size) {
        if (first > last || first >= size) {
            throw new Refusal(ErrorCode.INVALID_RANGE, "The requested range is not satisfiable.")
                    .withHeader("Content-Range", "bytes */" + size);
        }
        return new ByteRange(first, last);
    }
}
