package io.sealgate.origin;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes one small XML document. What XML cannot carry is replaced by U+FFFD. */
final class XmlWriter {
    private final StringBuilder out = new StringBuilder("<?xml version='1.0' encoding='utf-8' ?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    XmlWriter(String root) {
        begin(root);
    }

    XmlWriter begin(String element) {
        out.append('<').append(element).append('>');
        open.push(element);
        return this;
    }

    /** An element that says which kind it is by an XML Schema type, as grantees of access control lists do. */
    XmlWriter beginTyped(String element, String type) {
        begin(element);
        out.insert(
                out.length() - 1, " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"" + type + '"');
        return this;
    }

    XmlWriter end() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    XmlWriter text(String element, String text) {
        out.append('<').append(element).append('>');
        text.codePoints().forEach(this::escape);
        out.append("</").append(element).append('>');
        return this;
    }

    XmlWriter text(String element, long number) {
        return text(element, Long.toString(number));
    }

    private void escape(int character) {
        switch (character) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&apos;");
            case '\r' -> out.append("&#13;");
            default -> out.appendCodePoint(allowed(character) ? character : 0xFFFD);
        }
    }

    /** XML 1.0 §2.2. */
    private static boolean allowed(int character) {
        return character == '\t'
                || character == '\n'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }

    /** Ends what is still open and returns the document. */
    @Override
    public String toString() {
        StringBuilder whole = new StringBuilder(out);
        open.forEach(element -> whole.append("</").append(element).append('>'));
        return whole.toString();
    }
}
