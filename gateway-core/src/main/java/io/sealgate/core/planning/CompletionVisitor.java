package io.sealgate.core.planning;

import io.sealgate.core.planning.ControlDocument.DocumentVisitor;
import io.sealgate.core.planning.ControlDocument.Meaning;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The parts that an object is made of, of which it can matter which one comes first. Mutable, used once. */
final class CompletionVisitor implements DocumentVisitor {

    private static final String ROOT = "CompleteMultipartUpload";
    private static final String PART = ROOT + "/Part";
    private static final String NUMBER = PART + "/PartNumber";

    private final StringBuilder text = new StringBuilder();
    private String path = "";
    private @Nullable String first;
    private boolean isNumbered;

    @Override
    public void start(int depth, XMLStreamReader reader) throws XMLStreamException {
        path = depth == 1 ? reader.getLocalName() : path + "/" + reader.getLocalName();
        if (depth == 1 && !path.equals(ROOT)) {
            throw new XMLStreamException("root (expected: " + ROOT + ")");
        }
        if (path.equals(PART)) {
            isNumbered = false;
        }
        text.setLength(0);
    }

    @Override
    public void text(int depth, String chunk) {
        if (path.equals(NUMBER) && first == null) {
            text.append(chunk);
        }
    }

    @Override
    public void end(int depth) throws XMLStreamException {
        if (path.equals(NUMBER)) {
            if (isNumbered) {
                throw new XMLStreamException("PartNumber twice (expected: once)");
            }
            isNumbered = true;
            first = first == null ? text.toString().strip() : first;
        }
        path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    @Override
    public Meaning meaning() {
        return new ControlDocument.Completion(first == null ? "" : first);
    }
}
