package io.sealgate.core.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a client proved in its handshake, to be judged again when trust has changed: a certificate that was good then may have been
 * revoked since. Thread-safe; does no I/O.
 */
@FunctionalInterface
public interface Standing {

    /**
     * Why the client would have to go by now, or {@code null} if it may stay. Only what is known against it counts: that revocation
     * cannot be looked up just now keeps new clients out, but is no reason to cut off those that were let in.
     */
    @Nullable
    HandshakeRefusal judge();

    /**
     * When {@link #judge} may change its answer although nothing else changes, because a CA on the client's path ends.
     *
     * @param now milliseconds since the epoch
     * @return milliseconds since the epoch; {@link Long#MAX_VALUE} for never
     */
    default long holdsUntil(long now) {
        return Long.MAX_VALUE;
    }
}
