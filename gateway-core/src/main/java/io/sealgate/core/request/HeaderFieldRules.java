package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every header field must be: a token and a value without controls, few enough, small enough, and called by its own name.
 * Bytes from 0x80 in a value are let be here (RFC 9110 §5.5 calls them opaque); the rewriting refuses to send them on.
 */
final class HeaderFieldRules {

    /** RFC 9110 §5.6.2. */
    private static final Alphabet TOKEN = Alphabet.of(c -> (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9')
            || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);

    /** RFC 9110 §5.5, bytes from 0x80 included. */
    private static final Alphabet VALUE = Alphabet.of(c -> (c >= 0x20 && c != 0x7f) || c == '\t');

    private final LimitsConfig limits;

    HeaderFieldRules(LimitsConfig limits) {
        this.limits = limits;
    }

    GatewayError.@Nullable Rejected judge(HttpRequest request) {
        if (request.headers().size() > limits.headerCount()) {
            return tooLarge(
                    "header fields: " + request.headers().size() + " (expected: at most " + limits.headerCount() + ")");
        }
        long size = request.uri().length();
        Iterator<Map.Entry<CharSequence, CharSequence>> entries =
                request.headers().iteratorCharSequence();
        while (entries.hasNext()) {
            Map.Entry<CharSequence, CharSequence> entry = entries.next();
            String name = entry.getKey().toString();
            String value = entry.getValue().toString();
            size += name.length() + value.length() + LimitsConfig.FIELD_OVERHEAD;
            GatewayError.Rejected error = judge(name, value);
            if (error != null) {
                return error;
            }
        }
        // the codec bounds what is on the wire; this also bounds what compression made of it
        return size > limits.headerListSize()
                ? tooLarge("header section: too large (expected: at most " + limits.headerSize() + ")")
                : nominations(request);
    }

    private static GatewayError.@Nullable Rejected judge(String name, String value) {
        if (name.isEmpty() || !TOKEN.spells(name)) {
            return Rejections.closing("header name: " + Rejections.show(name) + " (expected: a token)");
        }
        if (!VALUE.spells(value)) {
            return Rejections.closing(Rejections.show(name) + ": control character in the value (expected: none)");
        }
        if (hasOuterBlank(value)) {
            return Rejections.closing(Rejections.show(name)
                    + ": outer white space in the value (expected: none, RFC 9113 section 8.2.1)");
        }
        if (HeaderNames.isDisguised(name)) {
            return Rejections.closing("header name: " + Rejections.show(name) + " (expected: - instead of _)");
        }
        return null;
    }

    /** Only in HTTP/2 there is one to see. It would be signed, and every reader of HTTP/1.1 takes it off. */
    private static boolean hasOuterBlank(String value) {
        return !value.isEmpty() && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static GatewayError.@Nullable Rejected nominations(HttpRequest request) {
        for (String option : ConnectionOptions.of(request.headers())) {
            if (ConnectionOptions.isEndToEnd(option)) {
                return Rejections.closing(
                        "Connection: " + Rejections.show(option) + " (expected: hop-by-hop fields only)");
            }
        }
        return null;
    }

    private static GatewayError.Rejected tooLarge(String message) {
        return new GatewayError.Rejected(CosErrorCode.HEADER_TOO_LARGE, message, true);
    }
}
