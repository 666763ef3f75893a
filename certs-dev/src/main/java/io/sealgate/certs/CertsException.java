package io.sealgate.certs;

import org.jspecify.annotations.Nullable;

/**
 * The one exception of this package. Its message is one line, {@code what: value (expected: …)}, fit to be shown to the
 * person at the command line, and never carries key material.
 */
public final class CertsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CertsException(String message) {
        super(message);
    }

    CertsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
