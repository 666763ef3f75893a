package io.sealgate.core.signing;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The headers, or the query parameters, that one signature covers, in canonical form: names encoded and then lower-cased,
 * values encoded, sorted by name. Filled once, before it is read; confined to the computation that made it.
 */
final class SignedFields {

    private final SortedMap<String, String> values = new TreeMap<>();

    /** The canonical spelling of a header's or parameter's name. */
    static String canonicalName(String name) {
        return CanonicalEncoding.encode(name).toLowerCase(Locale.ROOT);
    }

    /** A header's value in canonical form: the bytes on the wire, which is what Netty's one byte per character stands for. */
    static String headerValue(String value) {
        return CanonicalEncoding.encode(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Adds a field, name and value in canonical form. Returns false if there is one of that name already: which of two values
     * COS would take is not documented, and signing either could authorise the other.
     */
    boolean add(String canonicalName, String canonicalValue) {
        return values.putIfAbsent(canonicalName, canonicalValue) == null;
    }

    Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** {@code host;range}: what {@code q-header-list} and {@code q-url-param-list} say. */
    String list() {
        return String.join(";", values.keySet());
    }

    /** {@code host=…&range=…}: the line of the HttpString. A field without value is {@code name=}. */
    String text() {
        StringBuilder text = new StringBuilder(256);
        values.forEach((name, value) -> {
            if (text.length() > 0) {
                text.append('&');
            }
            text.append(name).append('=').append(value);
        });
        return text.toString();
    }
}
