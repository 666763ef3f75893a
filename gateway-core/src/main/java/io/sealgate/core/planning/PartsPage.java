package io.sealgate.core.planning;

import io.sealgate.core.model.DecimalText;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.planning.ControlDocument.DocumentVisitor;
import io.sealgate.core.planning.ControlDocument.Meaning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One page of the origin's list of parts (COS document 436/7747).
 *
 * @param uploadId    the upload that it is of
 * @param isTruncated whether there are more
 * @param parts       in the list's order
 */
record PartsPage(String uploadId, boolean isTruncated, List<Listed> parts) {

    private static final String ROOT = "ListPartsResult";
    private static final String PART = ROOT + "/Part";
    private static final String NUMBER = PART + "/PartNumber";
    private static final String ETAG = PART + "/ETag";
    private static final String SIZE = PART + "/Size";
    private static final String UPLOAD_ID = ROOT + "/UploadId";
    private static final String IS_TRUNCATED = ROOT + "/IsTruncated";
    private static final Set<String> FIELDS = Set.of(NUMBER, ETAG, SIZE, UPLOAD_ID, IS_TRUNCATED);

    PartsPage {
        parts = List.copyOf(parts);
    }

    /** A part that the origin has stored, and its length in bytes. */
    record Listed(NamedPart part, long bytes) {}

    /** Reads {@code document}; empty if it is anything but one whole, plain list. */
    static Optional<PartsPage> read(byte[] document) {
        try {
            Reader reader = new Reader();
            ControlDocument.read(document, reader);
            return Optional.of(reader.page());
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }

    /**
     * Takes each field once, in its place, without attributes, prefix or elements in it. Mutable, used once.
     */
    private static final class Reader implements DocumentVisitor {

        private final StringBuilder text = new StringBuilder();
        private final Map<String, String> fields = new HashMap<>();
        private final List<Listed> parts = new ArrayList<>();
        private String path = "";
        private @Nullable String namespace;

        @Override
        public void start(int depth, XMLStreamReader reader) throws XMLStreamException {
            boolean isInField = FIELDS.contains(path);
            path = depth == 1 ? reader.getLocalName() : path + "/" + reader.getLocalName();
            if (depth == 1) {
                namespace = reader.getNamespaceURI();
            }
            if (depth == 1 && !path.equals(ROOT)) {
                throw new XMLStreamException("root (expected: " + ROOT + ")");
            }
            boolean isRead = FIELDS.contains(path) || path.equals(PART);
            if (isInField || (isRead && !isPlain(reader))) {
                throw new XMLStreamException("field (expected: plain text)");
            }
            text.setLength(0);
        }

        private boolean isPlain(XMLStreamReader reader) {
            return reader.getAttributeCount() == 0
                    && reader.getPrefix().isEmpty()
                    && Objects.equals(reader.getNamespaceURI(), namespace);
        }

        @Override
        public void text(int depth, String chunk) {
            if (FIELDS.contains(path)) {
                text.append(chunk);
            }
        }

        @Override
        public void end(int depth) throws XMLStreamException {
            if (FIELDS.contains(path)) {
                if (fields.put(path, text.toString().trim()) != null) {
                    throw new XMLStreamException("field (expected: once)");
                }
            } else if (path.equals(PART)) {
                parts.add(part());
            }
            path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
        }

        private Listed part() throws XMLStreamException {
            int number = DecimalText.partNumber(take(NUMBER));
            OptionalLong bytes = DecimalText.plain(take(SIZE));
            if (number == 0 || bytes.isEmpty()) {
                throw new XMLStreamException("number (expected: decimal)");
            }
            return new Listed(new NamedPart(number, take(ETAG)), bytes.getAsLong());
        }

        private String take(String field) throws XMLStreamException {
            String value = fields.remove(field);
            if (value == null || value.isEmpty()) {
                throw new XMLStreamException("field (expected: " + field + ")");
            }
            return value;
        }

        PartsPage page() throws XMLStreamException {
            String truncated = take(IS_TRUNCATED);
            if (!truncated.equals("true") && !truncated.equals("false")) {
                throw new XMLStreamException("IsTruncated (expected: true or false)");
            }
            return new PartsPage(take(UPLOAD_ID), truncated.equals("true"), parts);
        }

        @Override
        public Meaning meaning() {
            return new ControlDocument.Harmless();
        }
    }
}
