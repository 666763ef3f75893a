package io.sealgate.certs;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an authority's ledger knows of one certificate.
 *
 * @param subject for people to read; never parsed back
 * @param revocation null while the certificate is good
 */
public record LedgerEntry(
        BigInteger serial,
        Instant notAfter,
        String subject,
        @Nullable Revocation revocation) {

    static LedgerEntry of(X509Certificate certificate) {
        return new LedgerEntry(
                certificate.getSerialNumber(),
                certificate.getNotAfter().toInstant(),
                DistinguishedNames.printable(certificate),
                null);
    }

    public boolean revoked() {
        return revocation != null;
    }

    LedgerEntry with(Revocation newRevocation) {
        return new LedgerEntry(serial, notAfter, subject, newRevocation);
    }
}
