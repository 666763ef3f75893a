package io.sealgate.core.cam;

/**
 * What is known of a statement's fitting a request. What the gateway cannot know is decided against the client: an allow needs
 * {@link #YES}, a deny anything but {@link #NO}.
 */
enum Truth {
    NO,
    UNSURE,
    YES;

    static Truth of(boolean isTrue) {
        return isTrue ? YES : NO;
    }

    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** Not knowing something is not knowing the opposite either. */
    Truth not() {
        return switch (this) {
            case NO -> YES;
            case UNSURE -> UNSURE;
            case YES -> NO;
        };
    }
}
