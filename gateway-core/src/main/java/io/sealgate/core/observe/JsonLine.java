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
            quote(name(name), value);
        }
        return this;
    }

    /** Adds fields that another line has written before: what {@link #fields()} returned. */
    JsonLine fields(String written) {
        if (!written.isEmpty()) {
            out.append(separator).append(written);
            separator = ',';
        }
        return this;
    }

    /** The fields so far, without the braces, for {@link #fields(String)}. Only of a line that has its buffer to itself. */
    String fields() {
        return separator == '{' ? "" : out.substring(1);
    }

    JsonLine number(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** Adds an array of texts; an empty one adds nothing. */
    JsonLine texts(String name, Iterable<String> values) {
        char before = '[';
        for (String value : values) {
            quote((before == '[' ? name(name) : out).append(before), value);
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

    /** Nearly every value is plain, and looking is cheaper than escaping in place. */
    private static void quote(StringBuilder out, String value) {
        out.append('"');
        int start = out.length();
        out.append(value);
        if (!isPlain(value)) {
            StringBuilders.escapeJson(out, start);
        }
        out.append('"');
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private StringBuilder name(String name) {
        out.append(separator).append('"').append(name).append("\":");
        separator = ',';
        return out;
    }
}
