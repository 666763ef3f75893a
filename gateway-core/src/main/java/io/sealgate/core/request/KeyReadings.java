package io.sealgate.core.request;

import io.sealgate.core.error.GatewayError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The keys that readers between client and object may understand by one written key. A key is permitted only if every
 * reading meets the same route and is permitted there: nobody knows which one the origin takes. Decision 0025 says
 * where the readings come from. Immutable.
 *
 * @param key    as written, decoded once
 * @param others further readings, none of which is {@code key}; nearly always empty
 */
public record KeyReadings(String key, List<String> others) {

    private static final String EMPTY_SEGMENT = "//";

    public KeyReadings {
        others = List.copyOf(others);
    }

    /** Of a key whose escapes leave no doubt: a reader may still merge its slashes. */
    public static KeyReadings of(String key) {
        return hasEmptySegment(key) ? of(Set.of(key), key) : new KeyReadings(key, List.of());
    }

    /**
     * Of a key whose bytes go on as they came: a reader may take a raw {@code +} for a space, and merge slashes.
     *
     * @param spaced the key with a space for each raw {@code +}; equal to {@code key} if there is none
     */
    public static KeyReadings ofRaw(String key, String spaced) {
        if (spaced.equals(key)) {
            return of(key);
        }
        Set<String> written = new LinkedHashSet<>();
        written.add(key);
        written.add(spaced);
        return of(written, key);
    }

    /**
     * Of the {@code prefix} of a listing. No key begins with a slash, so a reader may also leave out those at the
     * beginning.
     *
     * @param spaced as in {@link #ofRaw}
     */
    static KeyReadings ofPrefix(String prefix, String spaced) {
        KeyReadings keys = ofRaw(prefix, spaced);
        if (!prefix.startsWith("/")) {
            return keys;
        }
        Set<String> written = new LinkedHashSet<>(keys.all());
        keys.all().forEach(reading -> written.add(withoutLeadingSlashes(reading)));
        return of(written, prefix);
    }

    /** Whether a reader may merge slashes in {@code key}. */
    static boolean hasEmptySegment(String key) {
        return key.contains(EMPTY_SEGMENT);
    }

    /** Every reading, the key as written first. */
    public List<String> all() {
        List<String> all = new ArrayList<>(others.size() + 1);
        all.add(key);
        all.addAll(others);
        return all;
    }

    /** What to tell a client whose key is permitted in one reading and not in another. */
    public static GatewayError.Rejected ambiguous() {
        return Rejections.uri("key: ambiguous (expected: no empty segments, and %2B for a plus sign)");
    }

    private static KeyReadings of(Set<String> written, String key) {
        Set<String> readings = new LinkedHashSet<>(written);
        written.forEach(each -> readings.add(merged(each)));
        readings.remove(key);
        return new KeyReadings(key, List.copyOf(readings));
    }

    private static String merged(String key) {
        StringBuilder merged = new StringBuilder(key.length());
        for (int i = 0; i < key.length(); i++) {
            boolean repeats = key.charAt(i) == '/' && i > 0 && key.charAt(i - 1) == '/';
            if (!repeats) {
                merged.append(key.charAt(i));
            }
        }
        return merged.toString();
    }

    private static String withoutLeadingSlashes(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '/') {
            start++;
        }
        return text.substring(start);
    }
}
