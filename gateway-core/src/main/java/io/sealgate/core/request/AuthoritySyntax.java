package io.sealgate.core.request;

import io.sealgate.core.error.GatewayError;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code Host}: exactly one, a name or an IP literal, with or without a port (RFC 9112 §3.2). COS finds the bucket in it. */
final class AuthoritySyntax {

    private static final int MAX_PORT_DIGITS = 5;

    private static final Alphabet DIGITS = Alphabet.of(c -> c >= '0' && c <= '9');

    private static final Alphabet NAME = Alphabet.of(c -> (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || c == '-'
            || c == '.'
            || c == '_');

    private static final Alphabet ADDRESS = Alphabet.of(
            c -> (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == ':' || c == '.');

    private AuthoritySyntax() {}

    static GatewayError.@Nullable Rejected judge(List<String> hosts) {
        if (hosts.size() != 1) {
            return Rejections.closing("Host: sent " + hosts.size() + " times (expected: once, it names the bucket)");
        }
        String host = hosts.get(0);
        return isAuthority(host)
                ? null
                : Rejections.closing(
                        "Host: " + Rejections.show(host) + " (expected: a host name with or without a port)");
    }

    /** The host without its port, lower case. Call only with what {@link #judge} let pass. */
    static String name(String authority) {
        int port = portSeparator(authority);
        return (port < 0 ? authority : authority.substring(0, port)).toLowerCase(Locale.ROOT);
    }

    private static boolean isAuthority(String text) {
        int port = portSeparator(text);
        if (port >= 0 && !isPort(text.substring(port + 1))) {
            return false;
        }
        String name = port < 0 ? text : text.substring(0, port);
        if (name.startsWith("[")) {
            return name.length() > 2 && name.endsWith("]") && ADDRESS.spells(name.substring(1, name.length() - 1));
        }
        // a dot at either end, or two in a row, is a second spelling of a name that decides about buckets
        return !name.isEmpty()
                && NAME.spells(name)
                && !name.startsWith(".")
                && !name.endsWith(".")
                && !name.contains("..");
    }

    /** Index of the colon before the port, or -1: inside brackets colons belong to an IPv6 address. */
    private static int portSeparator(String text) {
        int colon = text.lastIndexOf(':');
        return colon > text.lastIndexOf(']') ? colon : -1;
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= MAX_PORT_DIGITS && DIGITS.spells(text);
    }
}
