package io.sealgate.core.signing;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The seconds between which a signature holds, both ends included. Immutable. */
final class KeyTime {

    /** No leading zeros: {@link #text()} is signed, so it must give back what was parsed. */
    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,11});(0|[1-9][0-9]{0,11})");

    private final long start;
    private final long end;
    private final String text;

    /**
     * @param start seconds since the epoch
     * @param end   seconds since the epoch, not before {@code start}
     */
    KeyTime(long start, long end) {
        if (end < start) {
            throw new IllegalArgumentException("key-time: " + start + ";" + end + " (expected: start <= end)");
        }
        this.start = start;
        this.end = end;
        text = start + ";" + end;
    }

    static Optional<KeyTime> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long start = Long.parseLong(matcher.group(1));
        long end = Long.parseLong(matcher.group(2));
        return end < start ? Optional.empty() : Optional.of(new KeyTime(start, end));
    }

    boolean beginsAfter(Instant instant) {
        return instant.getEpochSecond() < start;
    }

    boolean endsBefore(Instant instant) {
        return instant.getEpochSecond() > end;
    }

    /** {@code start;end}: the form that is sent and signed. */
    String text() {
        return text;
    }
}
