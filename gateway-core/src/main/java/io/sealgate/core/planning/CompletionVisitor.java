package io.sealgate.core.planning;

import io.sealgate.core.model.DecimalText;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.planning.ControlDocument.DocumentVisitor;
import io.sealgate.core.planning.ControlDocument.Meaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The parts that an object is made of: it can matter which one comes first, and how large they are. They are known
 * only of documents of a closed form, in which no two parsers find different numbers; others pass, and it is not
 * known of them. Mutable, used once.
 */
final class CompletionVisitor implements DocumentVisitor {

    private static final String ROOT = "CompleteMultipartUpload";
    private static final String PART = ROOT + "/Part";
    private static final String NUMBER = PART + "/PartNumber";
    private static final String ETAG = PART + "/ETag";

    private static final int MAX_PARTS = 10_000;

    /** What SDKs say of a part besides its number. */
    private static final Set<String> LEAVES = Set.of(
            NUMBER,
            ETAG,
            PART + "/ChecksumCRC32",
            PART + "/ChecksumCRC32C",
            PART + "/ChecksumCRC64NVME",
            PART + "/ChecksumSHA1",
            PART + "/ChecksumSHA256");

    private static final Set<String> BRANCHES = Set.of(ROOT, PART);

    private final StringBuilder text = new StringBuilder();
    private String path = "";
    private @Nullable String namespace;
    private @Nullable String first;
    private final List<NamedPart> parts = new ArrayList<>();
    private int numbers;
    private int etags;
    private String number = "";
    private String etag = "";
    private boolean isOdd;
    /** Whether it is not certain which parts are named, although it may be certain which one comes first. */
    private boolean isVague;

    @Override
    public void start(int depth, XMLStreamReader reader) throws XMLStreamException {
        path = depth == 1 ? reader.getLocalName() : path + "/" + reader.getLocalName();
        if (depth == 1) {
            if (!path.equals(ROOT)) {
                throw new XMLStreamException("root (expected: " + ROOT + ")");
            }
            namespace = namespaceOf(reader);
        }
        boolean isPlain = reader.getAttributeCount() == 0
                && reader.getPrefix().isEmpty()
                && namespaceOf(reader).equals(namespace);
        isOdd |= !isPlain || !(BRANCHES.contains(path) || LEAVES.contains(path));
        if (path.equals(PART)) {
            numbers = 0;
            etags = 0;
        }
        text.setLength(0);
    }

    private static String namespaceOf(XMLStreamReader reader) {
        return reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
    }

    @Override
    public void text(int depth, String chunk) {
        if (LEAVES.contains(path)) {
            text.append(chunk);
        } else {
            isOdd |= !chunk.isBlank();
        }
    }

    @Override
    public void end(int depth) {
        if (path.equals(NUMBER)) {
            numbers++;
            number = text.toString().trim(); // blanks of XML, not of Unicode
            first = first == null ? number : first;
        } else if (path.equals(ETAG)) {
            etags++;
            etag = text.toString();
        } else if (path.equals(PART)) {
            isOdd |= numbers != 1;
            name();
        }
        path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }

    private void name() {
        int part = DecimalText.partNumber(number);
        isVague |= etags != 1 || etag.isBlank() || parts.size() == MAX_PARTS || part == 0;
        if (!isVague) {
            parts.add(new NamedPart(part, etag));
        }
    }

    @Override
    public Meaning meaning() {
        return new ControlDocument.Completion(
                isOdd || first == null ? "" : first, isOdd || isVague ? List.of() : parts);
    }
}
