package io.sealgate.integrity;

import io.sealgate.core.model.DecimalText;
import io.sealgate.core.model.NamedPart;
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

    private CompletedParts() {}

    /** Reads {@code document}; empty if it says anything that is not understood. */
    static List<NamedPart> of(ByteBuffer document) {
        try {
            return read(document);
        } catch (XMLStreamException e) {
            return List.of();
        }
    }

    private static List<NamedPart> read(ByteBuffer document) throws XMLStreamException {
        byte[] bytes = new byte[document.remaining()];
        document.duplicate().get(bytes);
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
        List<NamedPart> parts = new ArrayList<>();
        int number = 0;
        String etag = "";
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("Part")) {
                parts.add(new NamedPart(number, etag));
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (reader.getLocalName()) {
                    case "Part" -> {
                        number = 0;
                        etag = "";
                    }
                    case "PartNumber" ->
                        number = DecimalText.partNumber(reader.getElementText().trim());
                    case "ETag" -> etag = reader.getElementText();
                    default -> {}
                }
            }
        }
        return parts;
    }
}
