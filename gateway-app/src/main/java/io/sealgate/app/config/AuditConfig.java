package io.sealgate.app.config;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;

/**
 * The record of what clients were allowed and denied.
 *
 * @param decisions which are recorded
 * @param required  whether new clients are to be sent elsewhere while the record is incomplete
 */
public record AuditConfig(Decisions decisions, Boolean required) {

    /** Which decisions are recorded. */
    public enum Decisions {
        NONE,
        ALL
    }

    public AuditConfig {
        decisions = requireNonNullElse(decisions, Decisions.NONE);
        required = requireNonNullElse(required, false);
    }

    /** No record. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    static AuditConfig none() {
        return new AuditConfig(null, null);
    }

    /** Reports what cannot be. */
    void check(Problems problems, String path) {
        if (required && decisions == Decisions.NONE) {
            problems.add(path + ".required", "required: true (expected: false, nothing is recorded)");
        }
    }
}
