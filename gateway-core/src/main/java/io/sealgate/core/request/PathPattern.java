package io.sealgate.core.request;

/**
 * The keys that a route covers: {@code /exact}, {@code /prefix/**} or {@code /**}. Matches decoded keys, so that no spelling
 * of a path can slip past it. Immutable.
 */
public final class PathPattern {

    private static final String REST = "**";

    private final String text;
    private final String key;
    private final boolean isPrefix;

    private PathPattern(String text, String key, boolean isPrefix) {
        this.text = text;
        this.key = key;
        this.isPrefix = isPrefix;
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException if it does not start with a slash, or has a {@code *} anywhere but in a final {@code /**}
     */
    public static PathPattern parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("path: " + text + " (expected: it starts with /)");
        }
        boolean isPrefix = text.endsWith("/" + REST);
        String key = isPrefix ? text.substring(1, text.length() - REST.length()) : text.substring(1);
        if (key.indexOf('*') >= 0) {
            throw new IllegalArgumentException("path: " + text + " (expected: * only in a final /**)");
        }
        return new PathPattern(text, key, isPrefix);
    }

    /** Whether {@code decodedKey}, without its leading slash, is covered. */
    public boolean covers(String decodedKey) {
        return isPrefix ? decodedKey.startsWith(key) : decodedKey.equals(key);
    }

    /** Whether every key that starts with {@code decodedPrefix} is covered. */
    public boolean coversAllUnder(String decodedPrefix) {
        return isPrefix && decodedPrefix.startsWith(key);
    }

    /** Whether some key that starts with {@code decodedPrefix} is covered. */
    boolean coversSomeUnder(String decodedPrefix) {
        boolean isWithin = key.startsWith(decodedPrefix) && (isPrefix || !key.isEmpty());
        return isWithin || coversAllUnder(decodedPrefix);
    }

    /**
     * Whether some key that is accepted is covered however it is read. The path of the bucket counts as one that is:
     * what is done to the bucket has it.
     */
    public boolean hasKeys() {
        if (key.isEmpty()) {
            return true;
        }
        return ObjectKey.judge(key) == null
                && KeyReadings.of(key).all().stream().allMatch(this::covers);
    }

    /** Whether every key that {@code other} covers is covered here too. */
    public boolean coversAllOf(PathPattern other) {
        return other.isPrefix ? coversAllUnder(other.key) : covers(other.key);
    }

    /** How every key that is covered begins; the whole key of an exact path. */
    public String prefix() {
        return key;
    }

    @Override
    public String toString() {
        return text;
    }
}
