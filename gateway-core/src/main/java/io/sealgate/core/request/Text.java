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

    /** Whether {@code text} has no UTF-8 form: encoding it puts a question mark in place of what it is. */
    static boolean hasLoneSurrogate(String text) {
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return true;
            }
            i += Character.charCount(point);
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
