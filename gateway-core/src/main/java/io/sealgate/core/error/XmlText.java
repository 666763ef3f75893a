package io.sealgate.core.error;

/**
 * Writes elements whose text may be anything: what would end it is escaped, and what XML 1.0 cannot carry becomes U+FFFD. Quotation marks mean
 * nothing in a text, and would make it six times as long.
 */
public final class XmlText {

    private XmlText() {}

    /** Appends {@code <name>value</name>}. */
    public static void element(StringBuilder xml, String name, String value) {
        xml.append('<').append(name).append('>');
        value.codePoints().forEach(c -> escape(xml, c));
        xml.append("</").append(name).append('>');
    }

    private static void escape(StringBuilder xml, int c) {
        switch (c) {
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '&' -> xml.append("&amp;");
            default -> xml.appendCodePoint(isXmlChar(c) ? c : 0xFFFD);
        }
    }

    /** The production {@code Char} of XML 1.0 §2.2. */
    private static boolean isXmlChar(int c) {
        return c == 0x9
                || c == 0xA
                || c == 0xD
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || (c >= 0x10000 && c <= 0x10FFFF);
    }
}
