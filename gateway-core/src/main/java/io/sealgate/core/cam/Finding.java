package io.sealgate.core.cam;

/**
 * What came of holding one statement against one question.
 *
 * @param kind      whether it applies
 * @param condition the condition that does not hold, as it stands in the policy; empty unless there is one
 */
public record Finding(Kind kind, String condition) {

    static final Finding APPLIES = new Finding(Kind.APPLIES, "");
    static final Finding OTHER_ACTION = new Finding(Kind.OTHER_ACTION, "");
    static final Finding OTHER_RESOURCE = new Finding(Kind.OTHER_RESOURCE, "");

    /** Of a batch delete before its body: no condition on a version is known to hold before there are keys. */
    static final Finding OF_EACH_KEY =
            new Finding(Kind.OTHER_CONDITION, "cos:versionid, which each key has of its own");

    /** Why a statement applies or not. */
    public enum Kind {
        APPLIES,
        /** It is about other actions. */
        OTHER_ACTION,
        /** It is about other keys, of other clients perhaps. */
        OTHER_RESOURCE,
        /** A condition does not hold, or, of an allow, is not known to. */
        OTHER_CONDITION,
        /** It would allow, but does not name {@code public-read-write}, which is what is asked for. */
        NOT_NAMED
    }

    /** Whether the statement takes effect. */
    public boolean applies() {
        return kind == Kind.APPLIES;
    }
}
