package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.IdentityConfig;
import io.sealgate.core.config.IdentityConfig.Header;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.Certified;
import io.sealgate.core.request.HeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells an origin who the client is, where a route asks for that. The client itself cannot: heads are made anew, and
 * what it says of the kind is not on any list. The headers are not signed: COS passes over them, and they are for
 * whoever stands before it and may take them out. Immutable.
 */
public final class IdentityHeaders {

    /** Heads of more than some 16 KiB are refused by many servers, whatever the request. */
    static final int MAX_BYTES = 16 * 1024;

    private static final Pattern CUSTOM_NAME = Pattern.compile("x-[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern BY = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7E&&[^\\\\\"]]+");
    private static final List<String> OWN_PREFIXES = List.of("x-sealgate-", "x-http2-", "x-forwarded-client-cert");

    private final List<Line> lines;

    /** A header and what it says; null to leave it out. */
    private record Line(String name, Function<Certified, @Nullable String> value) {}

    private IdentityHeaders(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Reports names and values that cannot be. */
    public static void check(IdentityConfig config, Problems problems, String path) {
        if (!config.by().isEmpty() && !BY.matcher(config.by()).matches()) {
            problems.add(path + ".by", "by: " + config.by() + " (expected: a URI)");
        }
        config.custom().forEach((name, text) -> {
            String where = path + ".custom." + name;
            if (!isFree(name)) {
                problems.add(
                        where, "header: " + name + " (expected: x-… in lower case, and no name that means something)");
            }
            try {
                IdentityTemplate.parse(text);
            } catch (IllegalArgumentException e) {
                problems.add(where, String.valueOf(e.getMessage()));
            }
        });
    }

    private static boolean isFree(String name) {
        return CUSTOM_NAME.matcher(name).matches()
                && !HeaderNames.isCos(name)
                && OWN_PREFIXES.stream().noneMatch(name::startsWith);
    }

    /** The headers of a configuration that was checked. */
    public static IdentityHeaders of(IdentityConfig config) {
        List<Line> lines = new ArrayList<>();
        for (Header header : config.headers()) {
            lines.add(new Line(header.headerName(), known(header, config)));
        }
        for (Map.Entry<String, String> custom : config.custom().entrySet()) {
            lines.add(new Line(custom.getKey(), IdentityTemplate.parse(custom.getValue())::value));
        }
        return new IdentityHeaders(lines);
    }

    private static Function<Certified, @Nullable String> known(Header header, IdentityConfig config) {
        return switch (header) {
            case CLIENT_CERT -> client -> byteSequences(first(client));
            case CLIENT_CERT_CHAIN -> client -> byteSequences(rest(client));
            case X_FORWARDED_CLIENT_CERT -> new ForwardedClientCert(config.by())::value;
        };
    }

    private static List<String> first(Certified client) {
        return client.chain().subList(0, Math.min(1, client.chain().size()));
    }

    private static List<String> rest(Certified client) {
        return client.chain()
                .subList(Math.min(1, client.chain().size()), client.chain().size());
    }

    /** A list of structured fields (RFC 8941 §3.3.5); one without members is not sent (RFC 8941 §3.1). */
    private static @Nullable String byteSequences(List<String> base64) {
        return base64.isEmpty()
                ? null
                : base64.stream().map(text -> ":" + text + ":").collect(Collectors.joining(", "));
    }

    /**
     * Adds what is to be said about {@code client} to {@code headers}; about an anonymous one, nothing. What is too
     * long for origins is not shortened and nothing is left out of it: half an identity could be somebody else's.
     *
     * @return false if it is longer than {@value #MAX_BYTES} bytes in all; the request must not be sent then
     */
    public boolean addTo(HttpHeaders headers, ClientIdentity client) {
        if (!(client instanceof Certified certified)) {
            return true;
        }
        int bytes = 0;
        for (Line line : lines) {
            String value = line.value().apply(certified);
            if (value != null) {
                bytes += line.name().length() + value.length();
                headers.set(line.name(), value);
            }
        }
        return bytes <= MAX_BYTES;
    }
}
