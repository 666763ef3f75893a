package io.sealgate.app.config;

import static java.util.Objects.requireNonNull;

import io.sealgate.core.credentials.CosCredentials;
import io.sealgate.core.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway's own key comes from.
 *
 * @param type      which kind; must be said
 * @param secretId  the key's id
 * @param secretKey the key
 * @param token     session token of a temporary key
 */
public record CredentialsConfig(
        @Nullable Type type,
        @Nullable Secret secretId,
        @Nullable Secret secretKey,
        @Nullable Secret token) {

    /**
     * The key itself, of a checked configuration.
     *
     * @throws IllegalArgumentException if the id or the key cannot be one of COS; the message repeats neither
     */
    public CosCredentials toCos() {
        return new CosCredentials(
                requireNonNull(secretId, "secret-id").reveal(), requireNonNull(secretKey, "secret-key"), token);
    }

    /** Kinds of credentials. */
    public enum Type {
        /** Read once, at start. */
        STATIC
    }
}
