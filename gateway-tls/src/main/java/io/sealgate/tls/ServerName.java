package io.sealgate.tls;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one form in which names are compared: what a client asks for (RFC 6066 §3) and what certificates are for. */
final class ServerName {

    private static final int LONGEST = 253;

    /** Labels of RFC 1123 and, because there are such hosts, the underscore. A wildcard is no name that can be asked for. */
    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*");

    private ServerName() {}

    /** Lower-case, without the dot of the root at its end; empty for what is no host name. */
    static Optional<String> canonical(String name) {
        String withoutRoot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (withoutRoot.length() > LONGEST) {
            return Optional.empty();
        }
        String canonical = withoutRoot.toLowerCase(Locale.ROOT);
        return FORM.matcher(canonical).matches() ? Optional.of(canonical) : Optional.empty();
    }

    /** The wildcard that would match {@code canonical}: one for exactly the first label. Empty for a single label. */
    static Optional<String> wildcard(String canonical) {
        int dot = canonical.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of('*' + canonical.substring(dot));
    }

    /** As {@link #canonical}, for a name in a certificate: {@code *.} may stand in front. Other wildcards are no names. */
    static Optional<String> presented(String name) {
        return name.startsWith("*.") ? canonical(name.substring(2)).map(parent -> "*." + parent) : canonical(name);
    }
}
