package io.sealgate.core.planning;

import io.sealgate.core.planning.ControlDocument.DocumentVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The one document whose keys decide. Its form is closed: {@code Delete} with {@code Object}s of one {@code Key} each and perhaps a
 * {@code VersionId}, and {@code Quiet}; an element that another parser might take for a key must not get by. Mutable, used once.
 */
final class BatchDeleteVisitor implements DocumentVisitor {

    private static final int MAX_KEYS = 1000;

    private static final Set<String> FORM =
            Set.of("Delete", "Delete/Quiet", "Delete/Object", "Delete/Object/Key", "Delete/Object/VersionId");

    private static final Set<String> LEAVES = Set.of("Delete/Quiet", "Delete/Object/Key", "Delete/Object/VersionId");

    private final List<BatchDelete.Item> items = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String path = "";
    private @Nullable String key;
    private @Nullable String versionId;
    private boolean isQuiet;

    @Override
    public void start(int depth, XMLStreamReader reader) throws XMLStreamException {
        path = depth == 1 ? reader.getLocalName() : path + "/" + reader.getLocalName();
        boolean isPlain = reader.getAttributeCount() == 0 && reader.getPrefix().isEmpty();
        if (!isPlain || !FORM.contains(path)) {
            throw new XMLStreamException("element (expected: Delete, Quiet, Object, Key or VersionId in their places)");
        }
        text.setLength(0);
        if (path.equals("Delete/Object")) {
            key = null;
            versionId = null;
        }
    }

    @Override
    public void text(int depth, String chunk) throws XMLStreamException {
        if (LEAVES.contains(path)) {
            text.append(chunk);
        } else if (!chunk.isBlank()) {
            throw new XMLStreamException("text (expected: in Quiet, Key or VersionId)");
        }
    }

    @Override
    public void end(int depth) throws XMLStreamException {
        switch (path) {
            case "Delete/Quiet" -> isQuiet = text.toString().strip().equalsIgnoreCase("true");
            case "Delete/Object/Key" -> key = once(key);
            case "Delete/Object/VersionId" -> versionId = once(versionId);
            case "Delete/Object" -> addItem();
            default -> {}
        }
        path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    private String once(@Nullable String before) throws XMLStreamException {
        if (before != null) {
            throw new XMLStreamException("Key or VersionId twice (expected: once)");
        }
        String name = text.toString();
        if (hasOuterBlank(name)) {
            throw new XMLStreamException("Key or VersionId with outer white space (expected: none)");
        }
        return name;
    }

    /**
     * Many readers of XML strip outer white space, and would delete another object. Such an object can be deleted by a
     * request of its own.
     */
    private static boolean hasOuterBlank(String name) {
        return !name.isEmpty() && (isBlank(name.charAt(0)) || isBlank(name.charAt(name.length() - 1)));
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private void addItem() throws XMLStreamException {
        if (key == null || items.size() == MAX_KEYS) {
            throw new XMLStreamException("Object (expected: a Key each, and at most 1000 of them)");
        }
        items.add(new BatchDelete.Item(key, versionId));
    }

    @Override
    public BatchDelete meaning() throws XMLStreamException {
        if (items.isEmpty()) {
            throw new XMLStreamException("no Object (expected: at least one)");
        }
        return new BatchDelete(isQuiet, items);
    }
}
