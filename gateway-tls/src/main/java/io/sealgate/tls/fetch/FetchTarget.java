package io.sealgate.tls.fetch;

import io.sealgate.core.spi.RevocationListener.Outcome;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A URL that is fetched from: {@code http} or {@code https}, a host, and nothing that would have to be interpreted.
 *
 * @param secure whether TLS is spoken
 * @param host   name or address in lower case, without brackets and without a dot at its end
 * @param port   explicit or the scheme's
 * @param path   as sent, with the query
 */
public record FetchTarget(boolean secure, String host, int port, String path) {

    /** Completes {@code (expected: …)}. */
    public static final String EXPECTED = "http(s)://host/path or http(s)://host:port/path";

    private static final int LONGEST = 2048;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Reads a URL, of a certificate's or the configuration. */
    public static FetchTarget parse(String url) throws FetchException {
        URI uri = uri(url);
        String scheme =
                uri == null || uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new FetchException(Outcome.REFUSED_SCHEME, "url: " + printable(url) + " (expected: http or https)");
        }
        boolean isPlain = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
        if (!isPlain || uri.getPort() == 0 || uri.getPort() > 0xFFFF) {
            throw new FetchException(Outcome.REFUSED_HOST, "url: " + printable(url) + " (expected: " + EXPECTED + ")");
        }
        boolean secure = scheme.equals("https");
        int port = uri.getPort() < 0 ? (secure ? HTTPS : HTTP) : uri.getPort();
        return new FetchTarget(secure, host(uri.getHost()), port, path(uri));
    }

    private static @Nullable URI uri(String url) {
        try {
            return url.length() > LONGEST ? null : new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String host(String written) {
        String host = written.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static String path(URI uri) {
        String ascii = URI.create(uri.toASCIIString()).getRawPath();
        String path = ascii == null || ascii.isEmpty() ? "/" : ascii;
        return uri.getRawQuery() == null
                ? path
                : path + '?' + URI.create(uri.toASCIIString()).getRawQuery();
    }

    boolean isOnDefaultPort() {
        return port == (secure ? HTTPS : HTTP);
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    String authority() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }

    /** A certificate's URL can be as long and strange as it likes; this is what is shown of it. */
    public static String printable(String url) {
        String start = url.length() > 200 ? url.substring(0, 200) + "…" : url;
        return start.replaceAll("[^\\x21-\\x7e…]", "?");
    }

    @Override
    public String toString() {
        return printable((secure ? "https://" : "http://") + authority() + path);
    }
}
