package io.sealgate.core.signing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers, or the query parameters, that one signature covers, in canonical form: names encoded and then lower-cased,
 * values encoded, sorted by name. Filled once, before it is read; confined to the computation that made it.
 */
final class SignedFields {

    /** In order; values stand at the same index. A head has few fields: finding a place among them beats a tree. */
    private final List<String> names = new ArrayList<>();

    private final List<String> values = new ArrayList<>();

    /** The canonical spelling of a header's or parameter's name. */
    static String canonicalName(String name) {
        return CanonicalEncoding.encode(name).toLowerCase(Locale.ROOT);
    }

    /** A header's value in canonical form: the bytes on the wire, which is what Netty's one byte per character stands for. */
    static String headerValue(String value) {
        return CanonicalEncoding.encode(value, StandardCharsets.ISO_8859_1);
    }

    /**
     * Adds a field, name and value in canonical form. Returns false if there is one of that name already: which of two values
     * COS would take is not documented, and signing either could authorise the other.
     */
    boolean add(String canonicalName, String canonicalValue) {
        int index = Collections.binarySearch(names, canonicalName);
        if (index >= 0) {
            return false;
        }
        names.add(-index - 1, canonicalName);
        values.add(-index - 1, canonicalValue);
        return true;
    }

    Set<String> names() {
        return Set.copyOf(names);
    }

    boolean contains(String canonicalName) {
        return Collections.binarySearch(names, canonicalName) >= 0;
    }

    /** {@code host;range}: what {@code q-header-list} and {@code q-url-param-list} say. */
    String list() {
        return String.join(";", names);
    }

    /** Appends {@code host=…&range=…}: the line of the HttpString. A field without value is {@code name=}. */
    void appendTo(StringBuilder text) {
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                text.append('&');
            }
            text.append(names.get(i)).append('=').append(values.get(i));
        }
    }
}
