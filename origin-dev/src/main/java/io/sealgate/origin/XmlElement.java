package io.sealgate.origin;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One element of a request body, without namespaces and attributes, which COS's bodies do not use. */
final class XmlElement {
    private static final int DEEPEST = 16;

    private final String name;
    private final StringBuilder text = new StringBuilder();
    private final List<XmlElement> children = new ArrayList<>();

    private XmlElement(String name) {
        this.name = name;
    }

    /** @throws Refusal MalformedXML also if the root is not {@code root} */
    static XmlElement parse(byte[] document, String root) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        try {
            XmlElement read = read(factory.createXMLStreamReader(new ByteArrayInputStream(document), "UTF-8"));
            if (read.name.equals(root)) {
                return read;
            }
        } catch (XMLStreamException notXml) {
            // Refused below, like a wrong root.
        }
        throw new Refusal(ErrorCode.MALFORMED_XML, "The body is not a well-formed " + root + " document.");
    }

    private static XmlElement read(XMLStreamReader in) throws XMLStreamException {
        XmlElement document = new XmlElement("");
        Deque<XmlElement> open = new ArrayDeque<>(List.of(document));
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() > DEEPEST) {
                        throw new XMLStreamException("nesting: deeper than " + DEEPEST);
                    }
                    XmlElement element = new XmlElement(in.getLocalName());
                    open.element().children.add(element);
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                    open.element().text.append(in.getText());
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("a document type definition");
                default -> {
                    // Comments and processing instructions mean nothing here.
                }
            }
        }
        return document.children.get(0);
    }

    /** The children of this name. */
    List<XmlElement> children(String child) {
        return children.stream().filter(each -> each.name.equals(child)).toList();
    }

    Optional<XmlElement> child(String child) {
        return children(child).stream().findFirst();
    }

    /** The text of the only child of this name. */
    String need(String child) {
        return text(child)
                .orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML, "The element " + name + " has no " + child));
    }

    Optional<String> text(String child) {
        return child(child).map(XmlElement::text);
    }

    String text() {
        return text.toString();
    }
}
