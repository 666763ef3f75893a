package io.sealgate.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a connection: proven by a certificate, or nobody in particular. */
public sealed interface ClientIdentity {

    /**
     * A client whose certificate chain was validated.
     *
     * @param subject           distinguished name, RFC 2253
     * @param commonName        the most specific CN, if there is one
     * @param sans              subject alternative names; empty if the certificate has none, which is an ordinary case
     * @param serial            serial number, lower-case hex without separators
     * @param issuer            issuer's distinguished name, RFC 2253: a name is only unique together with its issuer
     * @param fingerprintSha256 SHA-256 of the DER certificate, lower-case hex
     * @param notAfter          end of validity
     */
    record Certified(
            String subject,
            @Nullable String commonName,
            List<SubjectAltName> sans,
            String serial,
            String issuer,
            String fingerprintSha256,
            Instant notAfter)
            implements ClientIdentity {
        public Certified {
            sans = List.copyOf(sans);
        }
    }

    /** A client without a certificate, where the listener allows that. */
    record Anonymous() implements ClientIdentity {}

    /** One subject alternative name (RFC 5280 §4.2.1.6). */
    record SubjectAltName(Type type, String value) {
        /** The kinds that identify machines; other kinds are ignored. */
        public enum Type {
            DNS,
            URI,
            EMAIL,
            IP
        }
    }
}
