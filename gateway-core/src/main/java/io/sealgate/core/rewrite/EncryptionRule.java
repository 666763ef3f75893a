package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.WhenClientSends;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Server-side encryption of a route: what is added to the operations that take it, and what becomes of encryption headers that a client
 * sends itself. The two are never mixed on one object. Immutable.
 */
public final class EncryptionRule {

    private static final String PREFIX = EncryptionStatement.MODE;
    private static final String SOURCE_PREFIX = "x-cos-copy-source-server-side-encryption";
    private static final String S3_PREFIX = "x-amz-server-side-encryption";
    private static final String S3_SOURCE_PREFIX = "x-amz-copy-source-server-side-encryption";
    private static final String CUSTOMER = "-customer-";
    private static final String CUSTOMER_KEY = PREFIX + "-customer-key";
    private static final String SOURCE_CUSTOMER_KEY = SOURCE_PREFIX + "-customer-key";

    private static final Set<String> OBJECT_NAMES = Set.of(
            PREFIX,
            EncryptionStatement.KEY_ID,
            EncryptionStatement.CONTEXT,
            PREFIX + "-customer-algorithm",
            CUSTOMER_KEY,
            PREFIX + "-customer-key-md5");

    private static final Set<String> SOURCE_NAMES =
            Set.of(SOURCE_PREFIX + "-customer-algorithm", SOURCE_CUSTOMER_KEY, SOURCE_PREFIX + "-customer-key-md5");

    /** Operations that need the customer's key of an object again. */
    private static final Set<CosOperation> PARTS = Set.of(CosOperation.UPLOAD_PART, CosOperation.UPLOAD_PART_COPY);

    private static final Set<CosOperation> READS = Set.of(CosOperation.GET_OBJECT, CosOperation.HEAD_OBJECT);

    private static final Set<CosOperation> COPIES = Set.of(CosOperation.COPY_OBJECT, CosOperation.UPLOAD_PART_COPY);

    private final WhenClientSends whenClientSends;
    private final Map<String, String> injected;

    public EncryptionRule(EncryptionConfig config) {
        this.whenClientSends = config.whenClientSends();
        this.injected = injected(config);
    }

    /** Whether {@code name}, lower case, is one of COS's encryption headers. */
    static boolean isEncryption(String name) {
        return name.startsWith(PREFIX) || name.startsWith(SOURCE_PREFIX);
    }

    /** Whether {@code name}, lower case, is for this rule to judge: COS's names, and S3's that COS has no word for. */
    static boolean judges(String name) {
        return isEncryption(name) || name.startsWith(S3_PREFIX) || name.startsWith(S3_SOURCE_PREFIX);
    }

    /** Why the client's header {@code name}, lower case, is refused, or {@code null} if it is kept or dropped. */
    GatewayError.@Nullable Rejected judge(CosOperation operation, String name) {
        boolean isRefused = whenClientSends == WhenClientSends.REJECT
                || (whenClientSends == WhenClientSends.KEEP && !takes(operation, name));
        return isRefused
                ? new GatewayError.Rejected(
                        CosErrorCode.ACCESS_DENIED,
                        name + ": not on this request (expected: encryption is set by the gateway)")
                : null;
    }

    /**
     * Why {@code headers} must not go on to an origin on whose way others can read them: they have a key in them.
     * {@code null} if they have none.
     */
    public static GatewayError.@Nullable Rejected withKey(HttpHeaders headers) {
        for (String name : List.of(CUSTOMER_KEY, SOURCE_CUSTOMER_KEY)) {
            if (headers.contains(name)) {
                return new GatewayError.Rejected(
                        CosErrorCode.INVALID_REQUEST,
                        name + ": not over plain HTTP (expected: a storage service that is reached by TLS)");
            }
        }
        return null;
    }

    boolean keepsClientHeaders() {
        return whenClientSends == WhenClientSends.KEEP;
    }

    /**
     * Adds the route's encryption to {@code headers}, unless they have a client's own.
     *
     * @param headers for the origin, with what is kept of the client's
     * @return why the client's headers cannot be kept: a statement that is not complete would leave the object to the
     *     bucket's default
     */
    GatewayError.@Nullable Rejected complete(CosOperation operation, HttpHeaders headers) {
        boolean hasOwn = false;
        if (keepsClientHeaders()) {
            EncryptionStatement own = EncryptionStatement.of(headers);
            if (own == EncryptionStatement.BROKEN) {
                return EncryptionStatement.broken();
            }
            hasOwn = own == EncryptionStatement.COMPLETE;
            if (hasOwn && operation.is(CosOperation.Trait.CONTINUES_UPLOAD)) {
                removeIgnored(operation, headers);
            }
        }
        if (!hasOwn && !injected.isEmpty() && operation.is(CosOperation.Trait.BEGINS_OBJECT)) {
            injected.forEach(headers::set);
        }
        return null;
    }

    /** SDKs repeat on every request of an upload what its beginning says. There COS takes only the keys of parts. */
    private static void removeIgnored(CosOperation operation, HttpHeaders headers) {
        OBJECT_NAMES.stream()
                .filter(name -> !(name.contains(CUSTOMER) && PARTS.contains(operation)))
                .forEach(headers::remove);
    }

    private static boolean takes(CosOperation operation, String name) {
        if (SOURCE_NAMES.contains(name)) {
            return COPIES.contains(operation);
        }
        if (!OBJECT_NAMES.contains(name)) {
            return false;
        }
        return operation.is(CosOperation.Trait.BEGINS_OBJECT)
                || operation.is(CosOperation.Trait.CONTINUES_UPLOAD)
                || (name.contains(CUSTOMER) && READS.contains(operation));
    }

    private static Map<String, String> injected(EncryptionConfig config) {
        Map<String, String> headers = new TreeMap<>();
        switch (config.mode()) {
            case NONE -> {}
            case SSE_COS -> headers.put(PREFIX, "AES256");
            case SSE_KMS -> {
                headers.put(PREFIX, EncryptionStatement.KMS);
                if (config.keyId() != null) {
                    headers.put(EncryptionStatement.KEY_ID, config.keyId());
                }
                if (!config.context().isEmpty()) {
                    String json = json(new TreeMap<>(config.context()));
                    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
                    headers.put(EncryptionStatement.CONTEXT, Base64.getEncoder().encodeToString(utf8));
                }
            }
        }
        return headers;
    }

    private static String json(Map<String, String> sorted) {
        StringBuilder json = new StringBuilder("{");
        sorted.forEach((name, value) -> {
            json.append(json.length() == 1 ? "" : ",");
            quote(json, name);
            json.append(':');
            quote(json, value);
        });
        return json.append('}').toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
