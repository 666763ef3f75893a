package io.sealgate.core.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The id of a multipart upload as clients of a route with keys of its own know it: the key goes along, for whichever gateway serves the
 * next request. It is no proof of anything; whoever reads one has to look whether the client may use that key. Immutable.
 *
 * @param key decoded
 * @param id  as the origin gave it
 */
public record UploadId(String key, String id) {

    /** In no alphabet of Base64. */
    private static final char SEPARATOR = '.';

    /** Reads one that a client sent; empty if it carries no key, or not in the one spelling that is ever given out. */
    public static Optional<UploadId> parse(String text) {
        int end = text.indexOf(SEPARATOR);
        if (end < 0 || end == text.length() - 1) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.substring(0, end));
            UploadId read = new UploadId(new String(bytes, StandardCharsets.UTF_8), text.substring(end + 1));
            return read.text().equals(text) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What goes in front of an origin's id, made of characters that mean nothing to XML and to URLs. */
    public static String prefix(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8)) + SEPARATOR;
    }

    /** As the client is told it. */
    public String text() {
        return prefix(key) + id;
    }
}
