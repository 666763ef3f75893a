package io.sealgate.core.planning;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.request.Judged;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the small bodies, all XML but for one. The origin will parse the same bytes with another parser, so everything
 * that two parsers can disagree about is refused: of XML document types, entities but the five, processing
 * instructions, comments, CDATA beside other text, namespaces other than the root's, encodings other than UTF-8.
 */
final class ControlDocument {

    private static final int MAX_DEPTH = 16;

    /** A property of the JDK's parser, which {@link XMLInputFactory#newDefaultFactory()} always gives. */
    private static final String REPORTS_CDATA = "http://java.sun.com/xml/stream/properties/report-cdata-event";

    private ControlDocument() {}

    /** What the gateway has to know of a document before it may go on. */
    sealed interface Meaning permits BatchDelete, PublicWrite, Completion, Harmless {}

    /** An ACL that lets everybody write. */
    record PublicWrite() implements Meaning {}

    /**
     * Parts that become an object.
     *
     * @param first number of the first one, as the client has written it; empty if there is none, or none of which it
     *         is certain
     * @param parts all of them in the document's order; empty if there is none, or if it is not certain what the
     *         document names
     */
    record Completion(String first, List<NamedPart> parts) implements Meaning {
        public Completion {
            parts = List.copyOf(parts);
        }
    }

    /** Nothing: the rest is between the client and COS. */
    record Harmless() implements Meaning {}

    /** What the document means, or that it is malformed. */
    static Judged<Meaning> read(CosOperation operation, byte[] body) {
        DocumentForm form = DocumentForm.of(operation);
        if (body.length == 0 && form.isOptional()) {
            return Judged.good(new Harmless()); // the head says it all
        }
        if (form.isJson()) {
            return JsonObject.isOne(body)
                    ? Judged.good(new Harmless())
                    : malformed(CosErrorCode.MALFORMED_POLICY, "JSON object", operation);
        }
        try {
            DocumentVisitor visitor = visitor(operation, form);
            read(body, visitor);
            return Judged.good(visitor.meaning());
        } catch (XMLStreamException e) {
            return malformed(CosErrorCode.MALFORMED_XML, "XML document", operation);
        }
    }

    /**
     * Shows a whole XML document to {@code visitor}.
     *
     * @throws XMLStreamException if it is not well-formed, or two parsers could read it differently
     */
    static void read(byte[] body, DocumentVisitor visitor) throws XMLStreamException {
        walk(open(body), visitor);
    }

    private static DocumentVisitor visitor(CosOperation operation, DocumentForm form) {
        return switch (operation) {
            case DELETE_MULTIPLE_OBJECTS -> new BatchDeleteVisitor();
            case COMPLETE_MULTIPART -> new CompletionVisitor();
            case PUT_OBJECT_ACL, PUT_BUCKET_ACL -> new AclVisitor();
            default -> new RootVisitor(form.roots());
        };
    }

    /** Without the parser's message, which may quote the document. */
    private static Judged<Meaning> malformed(CosErrorCode code, String kind, CosOperation operation) {
        return Judged.bad(new GatewayError.Rejected(
                code, "body: malformed (expected: the " + kind + " of " + operation.label() + ")"));
    }

    /** What a document must look like. Told of every element and text in order. */
    interface DocumentVisitor {

        void start(int depth, XMLStreamReader reader) throws XMLStreamException;

        void text(int depth, String text) throws XMLStreamException;

        void end(int depth) throws XMLStreamException;

        Meaning meaning() throws XMLStreamException;
    }

    /** Decodes while it parses: a text of the whole document would be another three times its size. */
    private static XMLStreamReader open(byte[] body) throws XMLStreamException {
        Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false); // or it would not say what is CDATA
        factory.setProperty(REPORTS_CDATA, true);
        XMLStreamReader reader = factory.createXMLStreamReader(text);
        String encoding = reader.getCharacterEncodingScheme();
        String version = reader.getVersion();
        boolean isPlain =
                (encoding == null || encoding.equalsIgnoreCase("utf-8")) && (version == null || version.equals("1.0"));
        if (!isPlain) {
            throw new XMLStreamException("encoding or version (expected: UTF-8, 1.0)");
        }
        return reader;
    }

    private static void walk(XMLStreamReader reader, DocumentVisitor visitor) throws XMLStreamException {
        int depth = 0;
        int last = XMLStreamConstants.START_DOCUMENT;
        String namespace = null;
        while (reader.hasNext()) {
            int event = reader.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > MAX_DEPTH) {
                        throw new XMLStreamException("depth (expected: at most 16)");
                    }
                    namespace = depth == 1 ? reader.getNamespaceURI() : namespace;
                    // a parser that knows namespaces sees another element, and one that does not sees the same
                    if (reader.getPrefix().isEmpty() && !Objects.equals(reader.getNamespaceURI(), namespace)) {
                        throw new XMLStreamException("namespace (expected: the root's)");
                    }
                    visitor.start(depth, reader);
                }
                case XMLStreamConstants.END_ELEMENT -> visitor.end(depth--);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    refuseMixture(last, event);
                    visitor.text(depth, reader.getText());
                }
                case XMLStreamConstants.END_DOCUMENT -> {}
                default -> throw new XMLStreamException("construct (expected: elements and text)");
            }
            last = event;
        }
    }

    /** Text and CDATA side by side are one text to some parsers; others take the first of them and leave the rest. */
    private static void refuseMixture(int last, int event) throws XMLStreamException {
        boolean isBesideCdata = last == XMLStreamConstants.CDATA;
        boolean isBesideText = last == XMLStreamConstants.CHARACTERS || last == XMLStreamConstants.SPACE;
        if (isBesideCdata || (isBesideText && event == XMLStreamConstants.CDATA)) {
            throw new XMLStreamException("CDATA (expected: no other text beside it)");
        }
    }
}
