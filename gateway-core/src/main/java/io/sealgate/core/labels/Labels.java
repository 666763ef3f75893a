package io.sealgate.core.labels;

import io.sealgate.core.model.ClientIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one route labels objects with: names and templates, always in the same order. Immutable. */
record Labels(List<Label> labels) {

    /** A name and what it says. */
    record Label(String name, LabelTemplate template) {}

    Labels {
        labels = List.copyOf(labels);
    }

    /** @throws IllegalArgumentException if a template is none */
    static Labels of(Map<String, String> templates) {
        List<Label> labels = new ArrayList<>();
        new TreeMap<>(templates).forEach((name, text) -> labels.add(new Label(name, LabelTemplate.parse(text))));
        return new Labels(labels);
    }

    boolean isEmpty() {
        return labels.isEmpty();
    }

    /** The text of each by its name, or {@code null} if one of them has none for {@code client}. */
    @Nullable
    Map<String, String> of(ClientIdentity client) {
        Map<String, String> texts = new TreeMap<>();
        for (Label label : labels) {
            String text = label.template().text(client);
            if (text == null) {
                return null;
            }
            texts.put(label.name(), text);
        }
        return texts;
    }
}
