package io.sealgate.core.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A part as a client names it to complete a multipart upload, or as the origin lists it (COS documents 436/7742 and
 * 436/7747).
 *
 * @param number from 1
 * @param etag in the one form in which entity tags of parts are compared: without quotes, digests in lower case
 */
public record NamedPart(int number, String etag) {

    private static final Pattern DIGEST = Pattern.compile("[0-9A-Fa-f]{32}");

    public NamedPart {
        etag = comparable(etag);
    }

    /** An entity tag as it is compared: clients send it with and without its quotes, some in upper case. */
    public static String comparable(String etag) {
        String trimmed = etag.trim();
        boolean isQuoted = trimmed.length() > 1 && trimmed.startsWith("\"") && trimmed.endsWith("\"");
        String text = isQuoted ? trimmed.substring(1, trimmed.length() - 1) : trimmed;
        return DIGEST.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : text;
    }
}
