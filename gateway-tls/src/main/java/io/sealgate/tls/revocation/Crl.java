package io.sealgate.tls.revocation;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A list whose signature was verified. Immutable.
 *
 * @param issuer     the CA whose certificates it speaks of, and that has signed it
 * @param scope      which of them
 * @param number     {@code cRLNumber}, or null
 * @param thisUpdate when it was made
 * @param nextUpdate until when there should be a newer one
 */
record Crl(
        AuthorityId issuer,
        CrlScope scope,
        @Nullable BigInteger number,
        Instant thisUpdate,
        Instant nextUpdate,
        RevokedSerials revoked) {

    /** True if this one replaces {@code other}, of the same issuer and scope (RFC 5280 §5.2.3). */
    boolean isNewerThan(Crl other) {
        int byNumber = number == null || other.number == null ? 0 : number.compareTo(other.number);
        return byNumber == 0 ? thisUpdate.isAfter(other.thisUpdate) : byNumber > 0;
    }

    boolean isStale(Instant now) {
        return now.isAfter(nextUpdate);
    }
}
