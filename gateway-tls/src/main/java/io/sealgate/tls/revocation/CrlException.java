package io.sealgate.tls.revocation;

import java.io.IOException;

/** A revocation list that cannot be used. The message reads {@code what: value (expected: …)}. */
final class CrlException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean isOfStranger;

    CrlException(String problem) {
        this(problem, false);
    }

    private CrlException(String problem, boolean isOfStranger) {
        super(problem);
        this.isOfStranger = isOfStranger;
    }

    CrlException(String problem, Throwable cause) {
        super(problem, cause);
        this.isOfStranger = cause instanceof CrlException other && other.isOfStranger;
    }

    /** A list that may be intact, but of nobody whose lists are taken. */
    static CrlException ofStranger(String problem) {
        return new CrlException(problem, true);
    }

    boolean isOfStranger() {
        return isOfStranger;
    }

    /** A list whose form is wrong at {@code position}, in octets from its beginning. */
    static CrlException malformed(long position, String found, String expected) {
        return new CrlException("octet " + position + ": " + found + " (expected: " + expected + ")");
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
