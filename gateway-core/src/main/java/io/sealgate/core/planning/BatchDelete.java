package io.sealgate.core.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealgate.core.error.XmlText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a control document asks to delete, in its order.
 *
 * @param isQuiet whether the client wants to hear of failures only
 */
record BatchDelete(boolean isQuiet, List<Item> items) implements ControlDocument.Meaning {

    /** @param versionId of the version, or {@code null} if there is none or an empty one, which is none to COS */
    record Item(String key, @Nullable String versionId) {

        Item {
            versionId = "".equals(versionId) ? null : versionId;
        }

        void appendName(StringBuilder xml) {
            XmlText.element(xml, "Key", key);
            if (versionId != null) {
                XmlText.element(xml, "VersionId", versionId);
            }
        }
    }

    BatchDelete {
        items = List.copyOf(items);
    }

    /** The document that asks for it. */
    byte[] document() {
        StringBuilder xml = new StringBuilder("<Delete>");
        XmlText.element(xml, "Quiet", Boolean.toString(isQuiet));
        for (Item item : items) {
            xml.append("<Object>");
            item.appendName(xml);
            xml.append("</Object>");
        }
        return xml.append("</Delete>").toString().getBytes(UTF_8);
    }
}
