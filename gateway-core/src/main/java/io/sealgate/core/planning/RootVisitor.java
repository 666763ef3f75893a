package io.sealgate.core.planning;

import io.sealgate.core.planning.ControlDocument.DocumentVisitor;
import io.sealgate.core.planning.ControlDocument.Meaning;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** A document that names no keys: its root must be right, the rest is between the client and COS. */
record RootVisitor(String root) implements DocumentVisitor {

    @Override
    public void start(int depth, XMLStreamReader reader) throws XMLStreamException {
        if (depth == 1 && !reader.getLocalName().equals(root)) {
            throw new XMLStreamException("root (expected: " + root + ")");
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
