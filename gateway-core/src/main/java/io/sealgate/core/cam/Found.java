package io.sealgate.core.cam;

import java.util.List;

/**
 * What a request says under one condition key.
 *
 * @param isKnown false if it says something that the gateway does not see, or several things where only one can be meant
 * @param values  empty if the key is missing
 */
record Found(boolean isKnown, List<String> values) {

    static final Found MISSING = new Found(true, List.of());
    static final Found UNKNOWN = new Found(false, List.of());

    static Found of(String value) {
        return new Found(true, List.of(value));
    }

    boolean isMissing() {
        return isKnown && values.isEmpty();
    }
}
