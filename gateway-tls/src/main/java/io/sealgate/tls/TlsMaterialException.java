package io.sealgate.tls;

/** Certificates, keys or a trust bundle that cannot be used. Names files and what is wrong, never what is in a key. */
public final class TlsMaterialException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String problem;

    TlsMaterialException(String problem) {
        super(problem);
        this.problem = problem;
    }

    TlsMaterialException(String problem, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
    }

    /** {@code what: value (expected: …)}. */
    public String problem() {
        return problem;
    }
}
