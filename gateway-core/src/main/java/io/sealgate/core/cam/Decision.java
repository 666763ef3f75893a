package io.sealgate.core.cam;

import org.jspecify.annotations.Nullable;

/**
 * What policies say to one question.
 *
 * @param effect    allow or deny
 * @param statement what decided, one of those that apply if there are several; {@code null} if nothing allows
 */
public record Decision(Effect effect, @Nullable StatementName statement) {

    /** Nothing allows it. */
    public static final Decision BY_DEFAULT = new Decision(Effect.DENY, null);

    public boolean isAllowed() {
        return effect == Effect.ALLOW;
    }
}
