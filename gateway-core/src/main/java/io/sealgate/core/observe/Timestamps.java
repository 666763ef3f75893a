package io.sealgate.core.observe;

import java.time.Instant;

/**
 * Writes instants as RFC 3339 has them, in UTC with milliseconds. Consecutive lines nearly always fall into the same second, so the
 * part up to the second is kept. Confined to one thread.
 */
final class Timestamps {

    private long second = Long.MIN_VALUE;
    private String upToSecond = "";

    /** The text of {@code instant}, like {@code 2026-01-02T03:04:05.006Z}. */
    String text(Instant instant) {
        if (instant.getEpochSecond() != second) {
            second = instant.getEpochSecond();
            String whole = Instant.ofEpochSecond(second).toString();
            upToSecond = whole.substring(0, whole.length() - 1);
        }
        int millis = instant.getNano() / 1_000_000;
        String padding = millis < 10 ? ".00" : millis < 100 ? ".0" : ".";
        return upToSecond + padding + millis + 'Z';
    }
}
