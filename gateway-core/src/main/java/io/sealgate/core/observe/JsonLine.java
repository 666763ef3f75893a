package io.sealgate.core.observe;

import io.sealgate.core.model.VisibleText;
import java.util.HexFormat;
import java.util.List;
import org.apache.logging.log4j.util.StringBuilders;
import org.jspecify.annotations.Nullable;

/**
 * Writes one flat JSON object (RFC 8259) into a borrowed buffer. Names are constants of ours and written as they are; values are escaped. A name
 * that comes in every line is better made a {@link JsonName} beforehand. Confined to one call.
 */
final class JsonLine {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final StringBuilder out;
    private final int start;

    JsonLine(StringBuilder out) {
        this.out = out;
        start = out.length();
    }

    /** Adds a text; {@code null} adds nothing. */
    JsonLine text(JsonName name, @Nullable String value) {
        if (value != null) {
            out.append(name.beforeText());
            escaped(value);
            out.append('"');
        }
        return this;
    }

    /** Adds a text; {@code null} adds nothing. */
    JsonLine text(String name, @Nullable String value) {
        return value == null ? this : text(JsonName.of(name), value);
    }

    /** Adds fields that another line has written before: what {@link #fields()} returned. */
    JsonLine fields(String written) {
        out.append(written);
        return this;
    }

    /** The fields so far, for {@link #fields(String)}. */
    String fields() {
        return out.substring(start);
    }

    JsonLine number(JsonName name, long value) {
        out.append(name.beforeValue()).append(value);
        return this;
    }

    JsonLine number(String name, long value) {
        return number(JsonName.of(name), value);
    }

    /** Adds an array of texts; an empty one adds nothing. */
    JsonLine texts(JsonName name, List<String> values) {
        if (values.isEmpty()) {
            return this;
        }
        out.append(name.beforeValue());
        char before = '[';
        for (String value : values) {
            out.append(before).append('"');
            escaped(value);
            out.append('"');
            before = ',';
        }
        out.append(']');
        return this;
    }

    JsonLine texts(String name, List<String> values) {
        return texts(JsonName.of(name), values);
    }

    /** Closes the object; nothing may be added after this. */
    void end() {
        if (out.length() == start) {
            out.append('{');
        } else {
            out.setCharAt(start, '{'); // where the first field has its comma
        }
        out.append('}');
    }

    /** Nearly every value is plain, and looking is cheaper than escaping in place. */
    private void escaped(String value) {
        int from = out.length();
        out.append(value);
        if (!isPlain(value)) {
            StringBuilders.escapeJson(out, from);
            showInvisible(from);
        }
    }

    /**
     * Writes invisible characters as escapes: they could reverse the line on a screen, or make two keys look alike.
     */
    private void showInvisible(int from) {
        String value = out.substring(from);
        if (VisibleText.isVisible(value)) {
            return;
        }
        out.setLength(from);
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            int end = i + Character.charCount(point);
            if (VisibleText.isVisible(point)) {
                out.append(value, i, end);
            } else {
                value.substring(i, end).chars().forEach(c -> out.append("\\u").append(HEX.toHexDigits((char) c)));
            }
            i = end;
        }
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
}
