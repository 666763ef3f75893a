package io.sealgate.core.cam;

import java.util.Locale;

/** What a statement does where it applies. */
public enum Effect {
    ALLOW,
    DENY;

    /** As policies spell it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
