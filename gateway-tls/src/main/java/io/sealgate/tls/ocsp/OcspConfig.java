package io.sealgate.tls.ocsp;

import static java.util.Objects.requireNonNullElse;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.fetch.FetchException;
import io.sealgate.tls.fetch.FetchTarget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a responder is asked about clients' certificates. Parameters may be absent ({@code null}) in configuration; all components but
 * {@code responder} never are.
 *
 * @param mode      whether, and what becomes of a client when there is no answer
 * @param responder URL of the responder, or {@code null} for the one that the certificate names
 * @param nonce     whether requests have a nonce
 * @param timeout   for one answer
 */
public record OcspConfig(Mode mode, @Nullable String responder, Nonce nonce, Duration timeout) {

    public OcspConfig {
        mode = requireNonNullElse(mode, Mode.NONE);
        nonce = requireNonNullElse(nonce, Nonce.ACCEPT_ABSENT);
        timeout = requireNonNullElse(timeout, Duration.ofSeconds(3));
    }

    /** Nobody is asked. */
    @SuppressWarnings("NullAway") // absent is what null means in this constructor
    public static OcspConfig none() {
        return new OcspConfig(null, null, null, null);
    }

    /** Whether anybody is asked. */
    public boolean isAsked() {
        return mode != Mode.NONE;
    }

    /** Reports what cannot be meant. */
    public void check(Problems problems, String path) {
        if (responder != null) {
            try {
                FetchTarget.parse(responder);
            } catch (FetchException e) {
                problems.add(path + ".responder", String.valueOf(e.getMessage()));
            }
        }
        if (timeout.compareTo(Duration.ofMillis(10)) < 0 || timeout.compareTo(Duration.ofSeconds(30)) > 0) {
            problems.add(path + ".timeout", "duration: " + timeout.toMillis() + "ms (expected: 10ms to 30000ms)");
        }
    }

    /** What becomes of a client about which there is no answer. */
    public enum Mode {
        /** No responder is asked. */
        NONE,
        /** It is let in. */
        SOFT,
        /** It is refused. */
        HARD
    }

    /** Whether answers are bound to their request (RFC 9654). */
    public enum Nonce {
        /** No nonce is sent. */
        NONE,
        /** One is sent; an answer without one is taken, as most responders sign ahead of time. */
        ACCEPT_ABSENT,
        /** One is sent, and has to come back. */
        REQUIRE
    }
}
