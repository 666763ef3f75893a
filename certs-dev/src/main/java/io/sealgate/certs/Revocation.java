package io.sealgate.certs;

import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One line of a CRL: this serial, since then, for that reason. */
public record Revocation(BigInteger serial, Instant at, RevocationReason reason) {
    public Revocation {
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    public static Revocation of(BigInteger serial, Instant at) {
        return new Revocation(serial, at, RevocationReason.UNSPECIFIED);
    }
}
