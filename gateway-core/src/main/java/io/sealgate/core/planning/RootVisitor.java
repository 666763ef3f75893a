package io.sealgate.core.planning;

import io.sealgate.core.planning.ControlDocument.DocumentVisitor;
import io.sealgate.core.planning.ControlDocument.Meaning;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A document that names no keys: its root must be right, the rest is between the client and COS. */
record RootVisitor(Set<String> roots) implements DocumentVisitor {

    @Override
    public void start(int depth, XMLStreamReader reader) throws XMLStreamException {
        if (depth == 1 && !roots.contains(reader.getLocalName())) {
            throw new XMLStreamException("root (expected: " + roots + ")");
        }
    }

    @Override
    public void text(int depth, String text) {}

    @Override
    public void end(int depth) {}

    @Override
    public Meaning meaning() {
        return new ControlDocument.Harmless();
    }
}
