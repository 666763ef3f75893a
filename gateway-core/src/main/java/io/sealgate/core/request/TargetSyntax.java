package io.sealgate.core.request;

import io.sealgate.core.error.GatewayError;
import org.jspecify.annotations.Nullable;

/**
 * The request target: origin form only (RFC 9112 §3.2.1), of characters that may stand in a URI. Everything that real SDKs leave raw
 * passes, {@code '()!&=+@:,;$*~} and {@code ;} in queries included; what readers are known to disagree about does not.
 */
final class TargetSyntax {

    /** No URI contains these raw (RFC 3986 §2), and {@code #} begins what a client should have kept to itself. */
    private static final String FORBIDDEN = "\"<>\\^`{}|#";

    private static final Alphabet ALLOWED = Alphabet.of(c -> c > 0x20 && c < 0x7f && FORBIDDEN.indexOf(c) < 0);

    private static final int RESOURCE_SHOWN = 1024;

    private TargetSyntax() {}

    static GatewayError.@Nullable Rejected judge(String target) {
        if (!target.startsWith("/")) {
            return Rejections.uri("target: " + Rejections.show(target) + " (expected: it starts with /)");
        }
        int stranger = ALLOWED.firstStranger(target);
        if (stranger >= 0) {
            String shown = Rejections.show(String.valueOf(target.charAt(stranger)));
            return Rejections.uri("target: " + shown + " at " + stranger + " (expected: percent-encoded)");
        }
        for (int i = target.indexOf('%'); i >= 0; i = target.indexOf('%', i + 1)) {
            if (!PercentDecoder.isEscape(target, i)) {
                return Rejections.uri("target: % at " + i + " (expected: two hexadecimal digits after it)");
            }
        }
        return null;
    }

    /** Whether {@code text} has no characters but those that may stand raw in a target. */
    static boolean isRaw(String text) {
        return ALLOWED.spells(text);
    }

    /** The path of a target that may be malformed, for showing it: printable ASCII, without the query. */
    static String resource(String target) {
        int query = target.indexOf('?');
        return Rejections.show(query < 0 ? target : target.substring(0, query), RESOURCE_SHOWN);
    }
}
