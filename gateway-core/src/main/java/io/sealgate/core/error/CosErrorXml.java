package io.sealgate.core.error;

import io.sealgate.core.model.RequestId;

/** The body of an error as COS writes it: an {@code Error} document that every SDK parses. Values are escaped; what XML 1.0 cannot carry becomes U+FFFD. */
public final class CosErrorXml {

    private CosErrorXml() {}

    /** The document; {@code resource} is the request's path as the client sent it. */
    public static String render(GatewayError error, String resource, RequestId id) {
        StringBuilder xml = new StringBuilder(256).append("<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n");
        element(xml, "Code", error.code().code());
        element(xml, "Message", error.message());
        element(xml, "Resource", resource);
        element(xml, "RequestId", id.text());
        element(xml, "TraceId", id.text());
        return xml.append("</Error>\n").toString();
    }

    private static void element(StringBuilder xml, String name, String value) {
        xml.append('\t').append('<').append(name).append('>');
        value.codePoints().forEach(c -> escape(xml, c));
        xml.append("</").append(name).append(">\n");
    }

    private static void escape(StringBuilder xml, int c) {
        switch (c) {
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '&' -> xml.append("&amp;");
            case '"' -> xml.append("&quot;");
            case '\'' -> xml.append("&apos;");
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
