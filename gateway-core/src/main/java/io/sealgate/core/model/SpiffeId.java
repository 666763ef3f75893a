package io.sealgate.core.model;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SPIFFE IDs (SPIFFE-ID §2): {@code spiffe://trust-domain/path}. */
public final class SpiffeId {

    private static final int LONGEST = 2048;
    private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*");
    private static final String SCHEME = "spiffe://";

    private SpiffeId() {}

    /** The ID among the URIs of a certificate; null unless it is the only one, as X509-SVID §2 demands, and well-formed. */
    static @Nullable String of(List<String> uris) {
        return uris.size() == 1 && isWellFormed(uris.get(0)) ? uris.get(0) : null;
    }

    /** Whether {@code text} is one. */
    public static boolean isWellFormed(String text) {
        if (!text.startsWith(SCHEME) || text.length() > LONGEST) {
            return false;
        }
        int slash = text.indexOf('/', SCHEME.length());
        int end = slash < 0 ? text.length() : slash;
        return TRUST_DOMAIN.matcher(text.substring(SCHEME.length(), end)).matches()
                && PATH.matcher(text.substring(end)).matches();
    }
}
