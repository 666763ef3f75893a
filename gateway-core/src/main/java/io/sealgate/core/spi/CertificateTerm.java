package io.sealgate.core.spi;

import java.time.Instant;
import java.util.Locale;

/**
 * When a certificate of a listener's or an origin's configuration is valid.
 *
 * @param kind     what it is there for
 * @param subject  distinguished name, RFC 2253
 * @param serial   serial number, lower-case hex without separators: during a rotation there are two of one subject
 * @param notBefore beginning of validity
 * @param notAfter end of validity
 */
public record CertificateTerm(Kind kind, String subject, String serial, Instant notBefore, Instant notAfter) {

    /** What a certificate is there for. */
    public enum Kind {
        /** The listener presents it. */
        SERVER,
        /** It is presented to an origin. */
        CLIENT,
        /** The other side's certificates are verified with it. */
        CA;

        /** The value of the metric tag. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
