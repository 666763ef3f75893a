package io.sealgate.tls.fetch;

import io.sealgate.core.spi.RevocationListener.Outcome;

/** Something that was not fetched, and why. The message is for the operator. */
public final class FetchException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    public FetchException(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    /** Never a good one. */
    public Outcome outcome() {
        return outcome;
    }
}
