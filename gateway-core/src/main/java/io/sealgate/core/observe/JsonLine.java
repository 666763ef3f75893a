package io.sealgate.core.observe;

import org.apache.logging.log4j.util.StringBuilders;
import org.jspecify.annotations.Nullable;

/** Writes one flat JSON object (RFC 8259) into a borrowed buffer. Names are constants of ours and written as they are; values are escaped. Confined to one call. */
final class JsonLine {

    private final StringBuilder out;
    private char separator = '{';

    JsonLine(StringBuilder out) {
        this.out = out;
    }

    /** Adds a text; {@code null} adds nothing. */
    JsonLine text(String name, @Nullable String value) {
        if (value != null) {
            name(name).append('"');
            int start = out.length();
            out.append(value);
            StringBuilders.escapeJson(out, start);
            out.append('"');
        }
        return this;
    }

    JsonLine number(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** Adds an array of texts; an empty one adds nothing. */
    JsonLine texts(String name, Iterable<String> values) {
        char before = '[';
        for (String value : values) {
            (before == '[' ? name(name) : out).append(before).append('"');
            int start = out.length();
            out.append(value);
            StringBuilders.escapeJson(out, start);
            out.append('"');
            before = ',';
        }
        if (before == ',') {
            out.append(']');
        }
        return this;
    }

    /** Closes the object; nothing may be added after this. */
    void end() {
        out.append(separator == '{' ? "{}" : "}");
    }

    private StringBuilder name(String name) {
        out.append(separator).append('"').append(name).append("\":");
        separator = ',';
        return out;
    }
}
