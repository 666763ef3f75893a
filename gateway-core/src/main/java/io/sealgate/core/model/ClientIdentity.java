package io.sealgate.core.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a connection: proven by a certificate, or nobody in particular. */
public sealed interface ClientIdentity {

    /** Whose share is counted: the client's own if it has a certificate, otherwise that of {@code address}. */
    default ClientKey keyOr(ClientKey address) {
        return this instanceof Certified certified ? certified.key() : address;
    }

    /**
     * A client whose certificate chain was validated.
     *
     * @param subject           distinguished name, as {@link DistinguishedName} writes it
     * @param commonName        the CN, if there is exactly one; null also if it has invisible characters
     * @param sans              subject alternative names; empty if the certificate has none, which is an ordinary case
     * @param serial            serial number, lower-case hex without separators
     * @param issuer            issuer's distinguished name, likewise: a name is only unique together with its issuer
     * @param fingerprintSha256 SHA-256 of the DER certificate, lower-case hex
     * @param spkiSha256        SHA-256 of the DER SubjectPublicKeyInfo, lower-case hex: the same for as long as the
     *     key is kept
     * @param notAfter          end of validity
     * @param chain             DER certificates in base64, the client's first, then its issuers; without the trust
     *     anchor
     * @param key               whose share is counted for this client
     * @param twinSha256        fingerprint of the same certificate with its signature as (r, n - s) in place of
     *     (r, s): that verifies too, and whoever has a certificate can make it. Null if the signature is not ECDSA
     */
    record Certified(
            String subject,
            @Nullable String commonName,
            List<SubjectAltName> sans,
            String serial,
            String issuer,
            String fingerprintSha256,
            String spkiSha256,
            Instant notAfter,
            List<String> chain,
            ClientKey key,
            @Nullable String twinSha256)
            implements ClientIdentity {
        public Certified {
            commonName = commonName == null || VisibleText.isVisible(commonName) ? commonName : null;
            sans = List.copyOf(sans);
            chain = List.copyOf(chain);
        }

        /** For a client whose issuer's key is not known: the issuer's name stands for it. Without a twin. */
        public Certified(
                String subject,
                @Nullable String commonName,
                List<SubjectAltName> sans,
                String serial,
                String issuer,
                String fingerprintSha256,
                String spkiSha256,
                Instant notAfter,
                List<String> chain) {
            this(
                    subject,
                    commonName,
                    sans,
                    serial,
                    issuer,
                    fingerprintSha256,
                    spkiSha256,
                    notAfter,
                    chain,
                    ClientKey.certified(
                            issuer.getBytes(UTF_8),
                            subject.getBytes(UTF_8),
                            sans.stream()
                                    .map(name -> (name.type() + ":" + name.value()).getBytes(UTF_8))
                                    .toList()),
                    null);
        }

        /** Alternative names of one type, in their order. */
        public List<String> names(SubjectAltName.Type type) {
            return sans.stream()
                    .filter(name -> name.type() == type)
                    .map(SubjectAltName::value)
                    .toList();
        }

        /** The client's SPIFFE ID, if its certificate is an X.509-SVID. */
        public @Nullable String spiffeId() {
            return SpiffeId.of(names(SubjectAltName.Type.URI));
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
