package io.sealgate.origin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys whose signatures the origin accepts. Without any, signatures are not looked at. Never prints a secret. */
public final class SecretKeys {
    /** @param token the session token that must come with the signature, if there is one */
    record Entry(String secretKey, @Nullable String token) {
        @Override
        public String toString() {
            return "Entry[***]";
        }
    }

    private static final SecretKeys NONE = new SecretKeys(Map.of());

    private final Map<String, Entry> entries;

    private SecretKeys(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
    }

    public static SecretKeys none() {
        return NONE;
    }

    public static SecretKeys of(String secretId, String secretKey) {
        return NONE.and(secretId, secretKey);
    }

    /** These and a permanent key. */
    public SecretKeys and(String secretId, String secretKey) {
        return and(secretId, new Entry(secretKey, null));
    }

    /** These and a temporary key, good only together with its session token. */
    public SecretKeys and(String secretId, String secretKey, String token) {
        return and(secretId, new Entry(secretKey, token));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Optional<Entry> find(String secretId) {
        return Optional.ofNullable(entries.get(secretId));
    }

    private SecretKeys and(String secretId, Entry entry) {
        Map<String, Entry> more = new HashMap<>(entries);
        more.put(secretId, entry);
        return new SecretKeys(more);
    }

    @Override
    public String toString() {
        return "SecretKeys" + entries.keySet();
    }
}
