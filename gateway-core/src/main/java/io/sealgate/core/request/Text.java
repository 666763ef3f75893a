package io.sealgate.core.request;

import java.util.List;

/** Questions about a text, asked of every request: plain loops, no streams. */
final class Text {

    private Text() {}

    /** Whether {@code text} has a control character (C0, DEL, C1). */
    static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code text} starts with one of {@code prefixes}. */
    static boolean startsWithAny(String text, List<String> prefixes) {
        for (int i = 0; i < prefixes.size(); i++) {
            if (text.startsWith(prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }
}
