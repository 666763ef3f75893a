package io.sealgate.tls.revocation;

import java.io.IOException;

/** A revocation list that cannot be used. The message reads {@code what: value (expected: …)}. */
final class CrlException extends IOException {

    private static final long serialVersionUID = 1L;

    CrlException(String problem) {
        super(problem);
    }

    CrlException(String problem, Throwable cause) {
        super(problem, cause);
    }

    /** A list whose form is wrong at {@code position}, in octets from its beginning. */
    static CrlException malformed(long position, String found, String expected) {
        return new CrlException("octet " + position + ": " + found + " (expected: " + expected + ")");
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
