package io.sealgate.core.config;

import static java.util.Objects.requireNonNullElse;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Server-side encryption that a route adds to the operations that take it (PUT Object, copies, Append, Initiate Multipart Upload).
 *
 * @param mode            which kind
 * @param keyId           KMS key for {@link Mode#SSE_KMS}; absent means the account's default key
 * @param context         encryption context for {@link Mode#SSE_KMS}
 * @param whenClientSends what happens to encryption headers that the client sends itself
 */
public record EncryptionConfig(
        Mode mode, @Nullable String keyId, Map<String, String> context, WhenClientSends whenClientSends) {

    /** What a header's value can be to all its readers. */
    private static final Pattern KEY_ID = Pattern.compile("[\\x21-\\x7E]{1,2048}");

    public EncryptionConfig {
        mode = requireNonNullElse(mode, Mode.NONE);
        // sorted: the header's value must not change from one start to the next
        context = new TreeMap<>(requireNonNullElse(context, Map.of()));
        whenClientSends = requireNonNullElse(whenClientSends, WhenClientSends.REJECT);
    }

    /** No injection; clients may not send encryption headers of their own either, as any header outside the closed list. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static EncryptionConfig none() {
        return new EncryptionConfig(Mode.NONE, null, null, null);
    }

    /** Reports combinations that cannot work. */
    public void check(Problems problems, String path) {
        if (mode != Mode.SSE_KMS && keyId != null) {
            problems.add(path + ".key-id", "key-id: " + keyId + " (expected: only with mode sse-kms)");
        }
        if (keyId != null && !KEY_ID.matcher(keyId).matches()) {
            problems.add(path + ".key-id", "key-id: malformed (expected: 1 to 2048 visible ASCII characters)");
        }
        if (mode != Mode.SSE_KMS && !context.isEmpty()) {
            problems.add(path + ".context", "context: " + context + " (expected: only with mode sse-kms)");
        }
    }

    /** Kinds of server-side encryption. */
    public enum Mode {
        NONE,
        SSE_COS,
        SSE_KMS
    }

    /** What to do about a client's own encryption headers. */
    public enum WhenClientSends {
        /** 403. */
        REJECT,
        /** The client's stay, the gateway adds none. */
        KEEP,
        /** The client's go, the route's apply. */
        REPLACE
    }
}
