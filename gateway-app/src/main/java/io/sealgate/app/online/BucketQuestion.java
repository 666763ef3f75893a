package io.sealgate.app.online;

import java.util.Locale;

/** What is asked of a bucket: the sub-resource whose GET answers it, and what COS says if nothing was ever set (COS documents 436/7733 to 436/40136). */
enum BucketQuestion {
    ACL(""),
    POLICY("NoSuchBucketPolicy"),
    VERSIONING(""),
    ENCRYPTION("NoSuchEncryptionConfiguration");

    private final String nothing;

    BucketQuestion(String nothing) {
        this.nothing = nothing;
    }

    /** Name of the sub-resource. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code answer} says that there is none. */
    boolean isNothing(BucketAnswer answer) {
        boolean isUnset =
                answer.status() == 404 && !nothing.isEmpty() && answer.code().equals(nothing);
        return isUnset || (this == POLICY && answer.status() == 204);
    }
}
