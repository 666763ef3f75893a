package io.sealgate.core.request;

import java.util.function.IntPredicate;

/**
 * A set of characters of Latin-1, and whether texts keep to it. Asked of every header of every request, so membership is one look into a
 * table. Immutable; thread-safe.
 */
public final class Alphabet {

    private final boolean[] members = new boolean[0x100];

    private Alphabet(IntPredicate contains) {
        for (int c = 0; c < members.length; c++) {
            members[c] = contains.test(c);
        }
    }

    /** The characters up to U+00FF that satisfy {@code contains}. */
    public static Alphabet of(IntPredicate contains) {
        return new Alphabet(contains);
    }

    public boolean contains(char c) {
        return c < members.length && members[c];
    }

    /** Whether every character of {@code text} is a member; true for an empty text. */
    public boolean spells(String text) {
        return firstStranger(text) < 0;
    }

    /** Index of the first character that is no member, or -1. */
    public int firstStranger(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!contains(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
