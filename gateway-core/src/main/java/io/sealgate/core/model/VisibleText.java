package io.sealgate.core.model;

/**
 * Text without invisible characters. Two names that differ only in such characters are two clients to a machine, and
 * one to whoever reads a policy or a log.
 */
public final class VisibleText {

    /**
     * First and last of the ranges that are invisible though their general category does not say so: the rest of
     * Unicode's Default_Ignorable_Code_Point, noncharacters, the blank pattern of Braille and the empty note head.
     */
    private static final int[][] IGNORABLE = {
        {0x034F, 0x034F},
        {0x115F, 0x1160},
        {0x17B4, 0x17B5},
        {0x180B, 0x180F},
        {0x2065, 0x2065},
        {0x2800, 0x2800},
        {0x3164, 0x3164},
        {0xFDD0, 0xFDEF},
        {0xFE00, 0xFE0F},
        {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFF8},
        {0x1D159, 0x1D159},
        {0xE0000, 0xE0FFF},
    };

    private VisibleText() {}

    /** Whether {@code text} has no control, format or other invisible character, and no white space but the space. */
    public static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (!isVisible(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The same of one code point; an unpaired surrogate is none. */
    public static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> !isIgnorable(codePoint);
        };
    }

    private static boolean isIgnorable(int codePoint) {
        if ((codePoint & 0xFFFE) == 0xFFFE) {
            return true; // the last two of each plane are no characters
        }
        for (int[] range : IGNORABLE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
