package io.sealgate.core.rewrite;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** Puts names that certificates bear, which may be anything, into header values. */
public final class HeaderText {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private HeaderText() {}

    /** Percent-encodes (RFC 3986 §2.1) what is not visible ASCII, {@code %} and the comma. */
    public static String percentEncode(String text) {
        return percentEncode(text, "");
    }

    /** The same, and the ASCII characters in {@code also}. */
    static String percentEncode(String text, String also) {
        return escape(text, '%', c -> c > ' ' && c < 0x7F && c != '%' && c != ',' && also.indexOf(c) < 0);
    }

    /**
     * A distinguished name of RFC 2253 in ASCII, without quotation marks and without a backslash that could be taken for the escape
     * of one: such characters stand as hexadecimal pairs, which RFC 2253 reads as the same name.
     */
    static String distinguishedName(String name) {
        String plain = name.replace("\\\\", "\\5C").replace("\\\"", "\\22");
        return escape(plain, '\\', c -> c >= ' ' && c < 0x7F && c != '"');
    }

    private static String escape(String text, char mark, IntPredicate isPlain) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xFF;
            if (isPlain.test(c)) {
                out.append((char) c);
            } else {
                out.append(mark).append(HEX[c >> 4]).append(HEX[c & 0xF]);
            }
        }
        return out.toString();
    }
}
