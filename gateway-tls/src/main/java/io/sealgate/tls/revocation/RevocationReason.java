package io.sealgate.tls.revocation;

import java.util.List;
import java.util.Locale;

/** Why a certificate was revoked (RFC 5280 §5.3.1), for the log: whatever the reason, it is revoked. */
enum RevocationReason {
    UNSPECIFIED(0),
    KEY_COMPROMISE(1),
    CA_COMPROMISE(2),
    AFFILIATION_CHANGED(3),
    SUPERSEDED(4),
    CESSATION_OF_OPERATION(5),
    CERTIFICATE_HOLD(6),
    REMOVE_FROM_CRL(8),
    PRIVILEGE_WITHDRAWN(9),
    AA_COMPROMISE(10),
    UNKNOWN(255);

    private static final List<RevocationReason> ALL = List.of(values());

    private final int code;

    RevocationReason(int code) {
        this.code = code;
    }

    /** The reason with this code; {@link #UNKNOWN} if there is none. */
    static RevocationReason of(int code) {
        for (RevocationReason reason : ALL) {
            if (reason.code == code) {
                return reason;
            }
        }
        return UNKNOWN;
    }

    int code() {
        return code;
    }

    /** Lower case with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
