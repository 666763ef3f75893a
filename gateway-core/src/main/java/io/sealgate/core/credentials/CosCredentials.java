package io.sealgate.core.credentials;

import io.sealgate.core.model.Secret;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One COS key pair, permanent or temporary. Immutable; its text form shows the id and masks the rest.
 *
 * @param secretId  the public half: travels in every signature as {@code q-ak}
 * @param secretKey the secret half: never travels
 * @param token     session token of temporary credentials, or {@code null} for permanent ones
 */
public record CosCredentials(
        String secretId, Secret secretKey, @Nullable Secret token) {

    /** The id is written between {@code &} and {@code =} into a header: nothing that could end it may be in it. */
    private static final Pattern SECRET_ID = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

    /** What a header's value can be to all its readers. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]+");

    public CosCredentials {
        if (!SECRET_ID.matcher(secretId).matches()) {
            throw new IllegalArgumentException(
                    "secret-id: not shown (expected: 1 to 128 letters, digits, '.', '_', '~' or '-')");
        }
        if (secretKey.isEmpty()) {
            throw new IllegalArgumentException("secret-key: empty (expected: a COS SecretKey)");
        }
        if (token != null && token.isEmpty()) {
            throw new IllegalArgumentException("token: empty (expected: a session token, or none at all)");
        }
        if (token != null && !TOKEN.matcher(token.reveal()).matches()) {
            throw new IllegalArgumentException("token: not shown (expected: visible ASCII characters)");
        }
    }

    /** Credentials that do not expire. */
    public static CosCredentials permanent(String secretId, Secret secretKey) {
        return new CosCredentials(secretId, secretKey, null);
    }
}
