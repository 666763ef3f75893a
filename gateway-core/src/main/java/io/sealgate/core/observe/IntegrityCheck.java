package io.sealgate.core.observe;

import io.sealgate.core.spi.TapResult;

/** The words under which metrics and log speak of a tap's verdict. */
final class IntegrityCheck {

    private IntegrityCheck() {}

    /** {@code matched}, {@code mismatched} or {@code not_checked}. */
    static String outcome(TapResult result) {
        if (result instanceof TapResult.Matched) {
            return "matched";
        }
        return result instanceof TapResult.Mismatched ? "mismatched" : "not_checked";
    }
}
