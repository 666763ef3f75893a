package io.sealgate.app.management;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guards against DNS rebinding: a web page whose own name has been made to point at this address would have the reader's browser
 * read the answers. Such a name is a public domain name. So only names that nobody can register are taken for ours: address
 * literals, {@code localhost}, names without a dot, and those under {@code .local} and {@code .internal}.
 */
final class HostCheck {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern PRIVATE_NAME =
            Pattern.compile("[a-z0-9_-]+|([a-z0-9_-]+\\.)+(local|internal|localhost)");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

    private HostCheck() {}

    /** Whether a {@code Host} header names this gateway. */
    static boolean isOurs(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
        return ADDRESS.matcher(name).matches() || PRIVATE_NAME.matcher(name).matches();
    }
}
