package io.sealgate.core.planning;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.Judged;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the small XML bodies. The origin will parse the same bytes with another parser, so everything that two XML parsers can disagree
 * about is refused: document types, entities but the five, processing instructions, comments, other encodings than UTF-8.
 */
final class ControlDocument {

    private static final int MAX_DEPTH = 16;

    private static final int KIB = 1024;

    private ControlDocument() {}

    /**
     * Bytes that the document of {@code operation} may have: what the largest one that COS takes needs, spelled generously. All
     * of it is kept in memory, so no more than that.
     */
    static int mostBytes(CosOperation operation) {
        return switch (operation) {
            case PUT_OBJECT_TAGGING -> 32 * KIB; // 10 tags of 127 and 255 characters
            case PUT_OBJECT_ACL -> 64 * KIB; // 100 grants
            case COMPLETE_MULTIPART -> 1536 * KIB; // 10,000 parts of up to 157 bytes
            default -> 2048 * KIB; // 1,000 keys of up to 850 bytes, with versions and escapes
        };
    }

    /** What the gateway has to know of a document before it may go on. */
    sealed interface Meaning permits BatchDelete, PublicWrite, Harmless {}

    /** An ACL that lets everybody write. */
    record PublicWrite() implements Meaning {}

    /** Nothing: the rest is between the client and COS. */
    record Harmless() implements Meaning {}

    /** What the document means, or that it is malformed. */
    static Judged<Meaning> read(CosOperation operation, byte[] body) {
        if (body.length == 0 && operation == CosOperation.PUT_OBJECT_ACL) {
            return Judged.good(new Harmless()); // the ACL is in the headers
        }
        try {
            XMLStreamReader reader = open(body);
            DocumentVisitor visitor =
                    switch (operation) {
                        case DELETE_MULTIPLE_OBJECTS -> new BatchDeleteVisitor();
                        case PUT_OBJECT_ACL -> new AclVisitor();
                        default -> new RootVisitor(root(operation));
                    };
            walk(reader, visitor);
            return Judged.good(visitor.meaning());
        } catch (XMLStreamException e) {
            // the parser's message may quote the document
            return Judged.bad(new GatewayError.Rejected(
                    CosErrorCode.MALFORMED_XML,
                    "body: malformed (expected: the XML document of " + operation.label() + ")"));
        }
    }

    /** What a document must look like. Told of every element and text in order. */
    interface DocumentVisitor {

        void start(int depth, XMLStreamReader reader) throws XMLStreamException;

        void text(int depth, String text) throws XMLStreamException;

        void end(int depth) throws XMLStreamException;

        Meaning meaning() throws XMLStreamException;
    }

    private static String root(CosOperation operation) {
        return switch (operation) {
            case COMPLETE_MULTIPART -> "CompleteMultipartUpload";
            case PUT_OBJECT_TAGGING -> "Tagging";
            default ->
                throw new IllegalArgumentException(operation + " (expected: an operation with a control document)");
        };
    }

    /** Decodes while it parses: a text of the whole document would be another three times its size. */
    private static XMLStreamReader open(byte[] body) throws XMLStreamException {
        Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
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
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > MAX_DEPTH) {
                        throw new XMLStreamException("depth (expected: at most 16)");
                    }
                    visitor.start(depth, reader);
                }
                case XMLStreamConstants.END_ELEMENT -> visitor.end(depth--);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    visitor.text(depth, reader.getText());
                case XMLStreamConstants.END_DOCUMENT -> {}
                default -> throw new XMLStreamException("construct (expected: elements and text)");
            }
        }
    }
}
