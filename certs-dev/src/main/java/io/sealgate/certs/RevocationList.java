package io.sealgate.certs;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a CRL is to say: its number and its revocations. A value; {@link CertificateAuthority#sign} makes the CRL of it.
 *
 * @param number the CRL number (RFC 5280 §5.2.3); every change counts it up
 */
public record RevocationList(long number, List<Revocation> revocations) {
    public RevocationList {
        revocations = List.copyOf(revocations);
    }

    /** Number 1, nothing revoked. */
    public static RevocationList empty() {
        return new RevocationList(1, List.of());
    }

    /** The next list: number one higher, {@code revocation} added. */
    public RevocationList with(Revocation revocation) {
        List<Revocation> more =
                Stream.concat(revocations.stream(), Stream.of(revocation)).toList();
        return new RevocationList(number + 1, more);
    }
}
