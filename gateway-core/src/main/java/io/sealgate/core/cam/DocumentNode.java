package io.sealgate.core.cam;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A policy document, or a piece of one, whatever notation it was written in. Immutable. */
public sealed interface DocumentNode {

    /** A single value as written; numbers and truth values are texts here too. */
    record Text(String value) implements DocumentNode {}

    /** A list. */
    record Items(List<DocumentNode> items) implements DocumentNode {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Names and values, in the order written. */
    record Fields(Map<String, DocumentNode> fields) implements DocumentNode {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }
    }

    /** What the node looks like to the person who wrote it, for messages. */
    default String shape() {
        if (this instanceof Text text) {
            return text.value();
        }
        return this instanceof Items ? "a list" : "a section";
    }
}
