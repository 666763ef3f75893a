package io.sealgate.app.config;

import io.sealgate.core.model.IpLiteral;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;

/**
 * Where an origin is dialled: {@code https://host}, {@code http://127.0.0.1:9000}.
 *
 * @param secure whether TLS is spoken
 * @param host   name or address, without brackets
 * @param port   explicit or the scheme's
 */
public record Endpoint(boolean secure, String host, int port) {

    static final String EXPECTED = "http(s)://host or http(s)://host:port";

    private static final Pattern TEXT =
            Pattern.compile("(https?)://(?:\\[([0-9a-fA-F:.]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?/?");

    /**
     * Reads a URL that has no path.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Endpoint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            // not repeated: a URL can carry a password
            throw new IllegalArgumentException("endpoint: not understood (expected: " + EXPECTED + ")");
        }
        boolean secure = matcher.group(1).equals("https");
        int port = matcher.group(4) == null ? (secure ? 443 : 80) : Integer.parseInt(matcher.group(4));
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        String name = matcher.group(3);
        if (secure && name != null && !isServerName(name)) {
            throw new IllegalArgumentException("endpoint: host " + name
                    + " (expected: with https labels of letters, digits and hyphens, as certificates have them)");
        }
        return new Endpoint(secure, name == null ? matcher.group(2) : name, port);
    }

    /** Whether nobody on the way can read what is sent: TLS is spoken, or it does not leave this machine. */
    boolean isConfidential() {
        return secure
                || host.equalsIgnoreCase("localhost")
                || IpLiteral.parse(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    /** A name that SNI cannot carry (RFC 6066 §3) cannot be verified either: every connection would fail. */
    private static boolean isServerName(String name) {
        String asked = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        try {
            return new SNIHostName(asked).getAsciiName().equalsIgnoreCase(asked);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        String authority = host.indexOf(':') < 0 ? host : '[' + host + ']';
        return (secure ? "https://" : "http://") + authority + ':' + port;
    }
}
