package io.sealgate.core.clients;

import io.sealgate.core.model.SpiffeId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern for alternative names. What a client's name contains is never a pattern: {@code *.example.com} in a certificate is
 * matched by nothing.
 *
 * @param text   the name, or what it begins or ends with
 * @param extent what of it may differ
 */
record NamePattern(String text, Extent extent) {

    /** Of ASCII before case is folded: the Kelvin sign folds to a k. */
    private static final Pattern LABELS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]+");
    private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7E&&[^*]]*");

    /** A beginning that may end within the authority (RFC 3986 §3.2): another host can begin so too. */
    private static final Pattern OPEN_AUTHORITY = Pattern.compile("[^:]*:/?(/[^/?#]*)?");

    /** What a pattern leaves open. */
    private enum Extent {
        /** Nothing. */
        EXACT,
        /** The first label of a DNS name. */
        FIRST_LABEL,
        /** What follows. */
        REST
    }

    /** {@code name} or {@code *.name} for one label more. */
    static NamePattern dns(String pattern) {
        boolean isWildcard = pattern.startsWith("*.");
        String written = isWildcard ? pattern.substring(2) : pattern;
        if (!LABELS.matcher(written).matches()) {
            throw new IllegalArgumentException(
                    "san-dns: " + pattern + " (expected: a name, * only as its whole first label)");
        }
        String name = written.toLowerCase(Locale.ROOT);
        return isWildcard ? new NamePattern("." + name, Extent.FIRST_LABEL) : new NamePattern(name, Extent.EXACT);
    }

    /** A URI, or the beginning of one and {@code *}: which host it is about, if any, must be said. */
    static NamePattern uri(String pattern) {
        NamePattern parsed = open(pattern);
        boolean isOpenHost = parsed.extent == Extent.REST
                && OPEN_AUTHORITY.matcher(parsed.text).matches();
        if (!URI.matcher(parsed.text).matches() || isOpenHost) {
            throw new IllegalArgumentException("san-uri: " + pattern
                    + " (expected: a URI, * only at its end and behind the host, as in" + " https://host/*)");
        }
        return parsed;
    }

    /** A SPIFFE ID, or one up to a slash and {@code *}: which trust domain it is must be said. */
    static NamePattern spiffe(String pattern) {
        NamePattern parsed = open(pattern);
        String text = parsed.text;
        boolean isOpen = parsed.extent == Extent.REST;
        boolean endsWithSlash = text.endsWith("/");
        String id = isOpen && endsWithSlash ? text.substring(0, text.length() - 1) : text;
        if (isOpen != endsWithSlash || !SpiffeId.isWellFormed(id)) {
            throw new IllegalArgumentException(
                    "spiffe: " + pattern + " (expected: spiffe://trust-domain/path, the path may end in /*)");
        }
        return parsed;
    }

    private static NamePattern open(String pattern) {
        return pattern.endsWith("*")
                ? new NamePattern(pattern.substring(0, pattern.length() - 1), Extent.REST)
                : new NamePattern(pattern, Extent.EXACT);
    }

    /** Whether a DNS name of a certificate matches. */
    boolean matchesDns(String name) {
        return matches(name.toLowerCase(Locale.ROOT));
    }

    /** Whether {@code name} matches, letter by letter. */
    boolean matches(String name) {
        return switch (extent) {
            case EXACT -> name.equals(text);
            case REST -> name.length() > text.length() && name.startsWith(text);
            case FIRST_LABEL ->
                name.endsWith(text)
                        && LABEL.matcher(name.substring(0, name.length() - text.length()))
                                .matches();
        };
    }
}
