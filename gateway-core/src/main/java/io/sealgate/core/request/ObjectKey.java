package io.sealgate.core.request;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which decoded keys the gateway accepts. COS allows nearly anything; refused is what COS forbids (document
 * 436/13324: a slash or backslash at the beginning, control characters), and what some reader on the way turns into
 * another key or into the bucket: dot segments. A path of nothing but empty and dot segments is the bucket to COS.
 * Empty segments further on ({@code a//b}) have {@link KeyReadings}.
 */
public final class ObjectKey {

    private static final int MAX_BYTES = 850;

    private ObjectKey() {}

    /** Why {@code key} is not acceptable, or {@code null} if it is. An empty key is not a key. */
    public static GatewayError.@Nullable Rejected judge(String key) {
        if (key.isEmpty()) {
            return Rejections.uri("key: empty (expected: 1 to " + MAX_BYTES + " bytes)");
        }
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            return Rejections.of(
                    CosErrorCode.KEY_TOO_LONG, "key: " + bytes + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        if (Text.hasLoneSurrogate(key)) {
            return Rejections.uri("key: half of a surrogate pair (expected: Unicode text)");
        }
        if (Text.hasControl(key)) {
            return Rejections.uri("key: has a control character (expected: none)");
        }
        if (key.charAt(0) == '/' || key.charAt(0) == '\\') {
            return Rejections.uri("key: begins with a slash or backslash (expected: another character)");
        }
        return hasDotSegment(key + '/')
                ? Rejections.uri("key: has a segment . or .. (expected: none between slashes)")
                : null;
    }

    /**
     * Why {@code prefix}, of a listing, is not acceptable, or {@code null} if it is: no key that the gateway accepts
     * begins so, and some reader on the way may list other keys. Slashes at the beginning and empty segments have
     * {@link KeyReadings}. An empty prefix is acceptable.
     */
    static GatewayError.@Nullable Rejected judgePrefix(String prefix) {
        if (prefix.startsWith("\\")) {
            return Rejections.uri("prefix: begins with a backslash (expected: another character)");
        }
        return hasDotSegment(prefix)
                ? Rejections.uri("prefix: has a segment . or .. (expected: none between slashes)")
                : null;
    }

    /** Whether there is one that a slash ends. */
    private static boolean hasDotSegment(String text) {
        return text.indexOf('.') >= 0
                && (text.startsWith("./") || text.startsWith("../") || text.contains("/./") || text.contains("/../"));
    }
}
