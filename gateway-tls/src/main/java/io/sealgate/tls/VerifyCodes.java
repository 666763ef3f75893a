package io.sealgate.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.internal.tcnative.CertificateVerifier;
import io.sealgate.core.spi.HandshakeRefusal;

/** Chooses the verification error that makes BoringSSL send the alert that fits a refusal (RFC 8446 §6.2). */
final class VerifyCodes {

    private VerifyCodes() {}

    /** An {@code X509_V_ERR_*} code. */
    static int of(HandshakeRefusal refusal) {
        // The constants are read from native code: touched before that is loaded, their class is lost for good.
        OpenSsl.ensureAvailability();
        return switch (refusal) {
            case UNKNOWN_CA -> CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY; // 48 unknown_ca
            case TOO_DEEP -> CertificateVerifier.X509_V_ERR_CERT_CHAIN_TOO_LONG; // 48 unknown_ca, as OpenSSL says it
            case EXPIRED -> CertificateVerifier.X509_V_ERR_CERT_HAS_EXPIRED; // 45 certificate_expired
            case NOT_YET_VALID -> CertificateVerifier.X509_V_ERR_CERT_NOT_YET_VALID; // 45 certificate_expired
            case WRONG_USAGE, UNSUPPORTED_KEY ->
                CertificateVerifier.X509_V_ERR_INVALID_PURPOSE; // 43 unsupported_certificate
            case REVOKED -> CertificateVerifier.X509_V_ERR_CERT_REVOKED; // 44 certificate_revoked
            // 46 certificate_unknown. OpenSSL says unknown_ca or certificate_expired here, and clients that act on that
            // would look for another certificate, while theirs is good and the gateway's lists are not.
            case CRL_MISSING, CRL_STALE, OCSP_UNDECIDED -> CertificateVerifier.X509_V_ERR_CRL_PATH_VALIDATION_ERROR;
            default -> CertificateVerifier.X509_V_ERR_CERT_REJECTED; // 42 bad_certificate
        };
    }
}
