package io.sealgate.core.rewrite;

import io.sealgate.core.model.QueryParameter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes targets in the one form in which COS reads them back as they were decoded: unreserved characters and slashes
 * as they are, everything else {@code %XX}. That includes {@code +}, which some readers take for a space and others for
 * itself.
 */
public final class TargetEncoder {

    private static final String HEX = "0123456789ABCDEF";

    private TargetEncoder() {}

    /** The origin-form target of {@code key} and {@code query}. */
    public static String target(String key, List<QueryParameter> query) {
        if (query.isEmpty()) {
            return path(key);
        }
        StringBuilder target = new StringBuilder(key.length() + 16).append(path(key));
        char separator = '?';
        for (QueryParameter parameter : query) {
            target.append(separator);
            encode(target, parameter.name(), false);
            if (!parameter.value().isEmpty()) {
                target.append('=');
                encode(target, parameter.value(), false);
            }
            separator = '&';
        }
        return target.toString();
    }

    /** The path of {@code key}, with its leading slash. */
    public static String path(String key) {
        StringBuilder path = new StringBuilder(key.length() + 16).append('/');
        encode(path, key, true);
        return path.toString();
    }

    private static void encode(StringBuilder out, String text, boolean keepsSlash) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet) || (keepsSlash && octet == '/')) {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX.charAt((octet >> 4) & 0xf)).append(HEX.charAt(octet & 0xf));
            }
        }
    }

    /** RFC 3986 §2.3. */
    private static boolean isUnreserved(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '_'
                || octet == '.'
                || octet == '~';
    }
}
