package io.sealgate.core.spi;

import java.util.Locale;

/** Why a TLS handshake did not succeed: the closed set behind the metric tag and the log field {@code reason}. */
public enum HandshakeRefusal {
    NO_CERTIFICATE,
    UNKNOWN_CA,
    EXPIRED,
    NOT_YET_VALID,
    WRONG_USAGE,
    TOO_DEEP,
    REVOKED,
    CRL_MISSING,
    CRL_STALE,
    OCSP_UNDECIDED,
    WEAK_ALGORITHM,
    UNSUPPORTED_KEY,
    INVALID_CERTIFICATE,
    PROTOCOL_VERSION,
    NO_COMMON_CIPHER,
    NOT_TLS,
    TIMEOUT,
    CLOSED,
    CLIENT_ALERT,
    OTHER;

    /**
     * Whether somebody who was let in before has to go for it. That nobody can tell just now whether a certificate is revoked keeps new
     * clients out, but is no reason to cut off those that are there.
     */
    public boolean endsConnections() {
        return this != CRL_MISSING && this != CRL_STALE && this != OCSP_UNDECIDED;
    }

    /** The name in logs and metrics: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
