package io.sealgate.core.spi;

import java.util.Locale;

/** Learns what the gateway asks of others about revocation. Called on threads of its own or during handshakes: must not block. */
public interface RevocationListener {

    /**
     * A fetch has ended, or was refused before it began.
     *
     * @param listener name of the listener that it was for
     * @param detail   for the operator
     */
    void fetched(String listener, Kind kind, Outcome outcome, String detail);

    /** A client was judged although its responder has not said anything about it: {@code letIn}, or refused. */
    void undecided(String listener, boolean letIn);

    /** What is fetched: the closed set behind the metric tag {@code kind}. */
    enum Kind {
        /** A list at a configured URL. */
        CRL_URL,
        /** A list at a distribution point that a certificate names. */
        DISTRIBUTION_POINT,
        /** A responder's answer about one certificate. */
        OCSP;

        /** The name in logs and metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What came of it: the closed set behind the metric tag {@code outcome}. */
    enum Outcome {
        /** There is something new. */
        FETCHED,
        /** The same as before. */
        UNCHANGED,
        /** What is new is used, but a list that was there before is missing; it stays in force. */
        INCOMPLETE,
        /** An older list than before, or an answer that does not hold now: not used. */
        OLDER,
        /** No URL that is fetched from. */
        REFUSED_SCHEME,
        /** A host that is not allowed. */
        REFUSED_HOST,
        /** An address that is not allowed. */
        REFUSED_ADDRESS,
        /** The server sends elsewhere, which is not followed. */
        REDIRECT,
        /** Another status than 200; of a responder, another than good or revoked. */
        STATUS,
        TOO_LARGE,
        TIMEOUT,
        /** Not what was asked for, or not intact. */
        MALFORMED,
        /** Of nobody who is trusted. */
        WRONG_ISSUER,
        /** No name, no connection, or one that broke. */
        UNREACHABLE,
        /** Too much is fetched at the same time. */
        BUSY;

        /** Whether what came is in force, or was before. */
        public boolean isGood() {
            return this == FETCHED || this == UNCHANGED;
        }

        /** The name in logs and metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
