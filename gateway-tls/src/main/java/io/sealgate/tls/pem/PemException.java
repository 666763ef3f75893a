package io.sealgate.tls.pem;

import java.io.IOException;

/**
 * A file whose blocks do not begin and end as they should (RFC 7468). The message quotes nothing of what is in them.
 */
public final class PemException extends IOException {

    private static final long serialVersionUID = 1L;

    PemException(String problem) {
        super(problem);
    }

    /** {@code what: value (expected: …)}. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
