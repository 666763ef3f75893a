package io.sealgate.core.error;

import io.sealgate.core.model.RequestId;

/** The body of an error as COS writes it: an {@code Error} document that every SDK parses. */
public final class CosErrorXml {

    private CosErrorXml() {}

    /** The document; {@code resource} is the request's path as the client sent it. */
    public static String render(GatewayError error, String resource, RequestId id) {
        StringBuilder xml = new StringBuilder(256).append("<?xml version='1.0' encoding='utf-8' ?>\n<Error>\n");
        line(xml, "Code", error.code().code());
        line(xml, "Message", error.message());
        line(xml, "Resource", resource);
        line(xml, "RequestId", id.text());
        line(xml, "TraceId", id.text());
        return xml.append("</Error>\n").toString();
    }

    private static void line(StringBuilder xml, String name, String value) {
        xml.append('\t');
        XmlText.element(xml, name, value);
        xml.append('\n');
    }
}
