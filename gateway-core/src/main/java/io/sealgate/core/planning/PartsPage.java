package io.sealgate.core.planning;

import io.sealgate.core.model.NamedPart;
import io.sealgate.core.planning.ControlDocument.DocumentVisitor;
import io.sealgate.core.planning.ControlDocument.Meaning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

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

    private static final Pattern NUMBER_FORM = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern SIZE_FORM = Pattern.compile("0|[1-9][0-9]{0,14}");

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

    /** Takes each field once, in its place, and nothing that has attributes or a prefix. Mutable, used once. */
    private static final class Reader implements DocumentVisitor {

        private final StringBuilder text = new StringBuilder();
        private final Map<String, String> fields = new HashMap<>();
        private final List<Listed> parts = new ArrayList<>();
        private String path = "";

        @Override
        public void start(int depth, XMLStreamReader reader) throws XMLStreamException {
            path = depth == 1 ? reader.getLocalName() : path + "/" + reader.getLocalName();
            if (depth == 1 && !path.equals(ROOT)) {
                throw new XMLStreamException("root (expected: " + ROOT + ")");
            }
            text.setLength(0);
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
                if (fields.put(path, text.toString().strip()) != null) {
                    throw new XMLStreamException("field (expected: once)");
                }
            } else if (path.equals(PART)) {
                parts.add(part());
            }
            path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
        }

        private Listed part() throws XMLStreamException {
            int number = Integer.parseInt(take(NUMBER, NUMBER_FORM));
            long bytes = Long.parseLong(take(SIZE, SIZE_FORM));
            return new Listed(new NamedPart(number, take(ETAG)), bytes);
        }

        private String take(String field, Pattern form) throws XMLStreamException {
            String value = take(field);
            if (!form.matcher(value).matches()) {
                throw new XMLStreamException("number (expected: decimal)");
            }
            return value;
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
