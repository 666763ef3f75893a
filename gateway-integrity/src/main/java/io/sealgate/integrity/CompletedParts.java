package io.sealgate.integrity;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The parts that a {@code CompleteMultipartUpload} document names, in order (COS document 436/7742). The document has been
 * judged by then, so whatever cannot be read here is only not checked. Pure.
 */
final class CompletedParts {

    /**
     * One part.
     *
     * @param number from 1
     * @param etag   without quotes
     */
    record Named(int number, String etag) {}

    private CompletedParts() {}

    /** Reads {@code document}; empty if it says anything that is not understood. */
    static List<Named> of(ByteBuffer document) {
        try {
            return read(document);
        } catch (XMLStreamException | NumberFormatException e) {
            return List.of();
        }
    }

    private static List<Named> read(ByteBuffer document) throws XMLStreamException {
        byte[] bytes = new byte[document.remaining()];
        document.duplicate().get(bytes);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
        List<Named> parts = new ArrayList<>();
        int number = 0;
        String etag = "";
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("Part")) {
                parts.add(new Named(number, etag));
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "Part" -> {
                        number = 0;
                        etag = "";
                    }
                    case "PartNumber" ->
                        number = Integer.parseInt(reader.getElementText().trim());
                    case "ETag" -> etag = unquoted(reader.getElementText());
                    default -> {}
                }
            }
        }
        return parts;
    }

    /** An entity tag as it is compared: clients send it with and without its quotes. */
    static String unquoted(String etag) {
        String trimmed = etag.trim();
        boolean isQuoted = trimmed.length() > 1 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
        return isQuoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
    }
}
