package io.sealgate.core.observe;

import org.jspecify.annotations.Nullable;

/** Limits the length of text in log lines that a client or an origin has written. */
final class LogText {

    /** In characters. */
    private static final int MOST = 1024;

    private LogText() {}

    /** The beginning of {@code text} and an ellipsis, or all of it if it is short. */
    static @Nullable String cut(@Nullable String text) {
        if (text == null || text.length() <= MOST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return text.substring(0, end) + '\u2026';
    }
}
