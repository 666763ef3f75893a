package io.sealgate.app.config;

import java.util.List;
import java.util.Map;

/** A piece of the configuration file as it was written, with the line it begins on. Immutable. */
sealed interface YamlNode {

    /** Line in the file, from 1. */
    int line();

    /**
     * A single value.
     *
     * @param text the value as written, without quotes
     * @param kind what YAML takes it for
     */
    record Scalar(int line, String text, Kind kind) implements YamlNode {}

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A section: keys in the order written. */
    record Mapping(int line, Map<String, YamlNode> entries) implements YamlNode {}

    /** What YAML takes a scalar for. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN
    }

    /** What the node looks like to the person who wrote it, for messages. */
    default String shape() {
        if (this instanceof Scalar scalar) {
            return scalar.text();
        }
        return this instanceof Sequence ? "a list" : "a section";
    }
}
