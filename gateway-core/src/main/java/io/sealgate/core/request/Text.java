package io.sealgate.core.request;

import java.util.List;
import java.util.function.IntPredicate;

/** Questions about the characters of a text, asked of every header of every request: plain loops, no streams. */
public final class Text {

    private Text() {}

    /** Whether every character satisfies {@code predicate}; true for an empty text. */
    public static boolean consistsOf(String text, IntPredicate predicate) {
        for (int i = 0; i < text.length(); i++) {
            if (!predicate.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} starts with one of {@code prefixes}. */
    public static boolean startsWithAny(String text, List<String> prefixes) {
        for (int i = 0; i < prefixes.size(); i++) {
            if (text.startsWith(prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }
}
