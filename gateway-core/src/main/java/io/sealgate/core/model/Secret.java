package io.sealgate.core.model;

import java.util.Arrays;

/**
 * A secret text that never shows itself: {@link #toString()} is masked and nothing but {@link #reveal()} gives the value out.
 * Immutable until {@link #wipe()}; safe to share between threads.
 */
public final class Secret {

    private final char[] value;

    private Secret(char[] value) {
        this.value = value;
    }

    /** Copies {@code value}. */
    public static Secret of(String value) {
        return new Secret(value.toCharArray());
    }

    /** The secret itself; the caller must not log, store or print it. */
    public String reveal() {
        return new String(value);
    }

    /** Overwrites the value; it reveals only zeros from now on. */
    public void wipe() {
        Arrays.fill(value, '\0');
    }

    public boolean isEmpty() {
        return value.length == 0;
    }

    @Override
    public String toString() {
        return "******";
    }
}
