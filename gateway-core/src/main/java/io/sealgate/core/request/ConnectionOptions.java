package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The tokens of {@code Connection} (RFC 9110 §7.6.1): words about the connection, or names of fields that end with it. */
public final class ConnectionOptions {

    /** Fields that say what a message is or who sent it. Nominating one of these is an attempt to make two readers disagree. */
    private static final Set<String> END_TO_END = Set.of(
            "host",
            "transfer-encoding",
            "authorization",
            "expect",
            "range",
            "date",
            "etag",
            "last-modified",
            "cache-control",
            "expires",
            "location",
            "server",
            "accept-ranges",
            "set-cookie",
            "cookie",
            "pic-operations");

    private static final List<String> END_TO_END_PREFIXES = List.of("content-", "if-", "x-cos-", "x-ci-", "x-amz-");

    private ConnectionOptions() {}

    /** All options in {@code headers}, lower case, in order. */
    public static List<String> of(HttpHeaders headers) {
        if (!headers.contains(HttpHeaderNames.CONNECTION)) {
            return List.of();
        }
        List<String> options = new ArrayList<>(2);
        for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
            for (String option : value.split(",")) {
                String token = option.strip().toLowerCase(Locale.ROOT);
                if (!token.isEmpty()) {
                    options.add(token);
                }
            }
        }
        return options;
    }

    /** Whether {@code option} names a field that no connection may claim for itself. */
    public static boolean isEndToEnd(String option) {
        return END_TO_END.contains(option) || END_TO_END_PREFIXES.stream().anyMatch(option::startsWith);
    }
}
