package io.sealgate.app.management;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Guards against DNS rebinding: a web page whose own name has been made to point at this address would have the reader's browser
 * read the answers. Such a name is one that a stranger can give out: a public domain name, or one under {@code .local}, which
 * anybody on the same network can announce (RFC 6762). So only others are taken for ours: address literals, {@code localhost},
 * names without a dot, and those under {@code .internal}.
 *
 * <p>What browsers read as a number, such as {@code 2130706433} or {@code 0x7f000001}, is an address in disguise and no name.
 */
final class HostCheck {

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern PRIVATE_NAME =
            Pattern.compile("(?!(\\d+|0x[0-9a-f]*)$)[a-z0-9_-]+|([a-z0-9_-]+\\.)+(internal|localhost)");
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
