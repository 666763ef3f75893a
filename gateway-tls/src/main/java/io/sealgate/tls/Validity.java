package io.sealgate.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** Whether a certificate is valid at a time, and for how long. */
enum Validity {
    GOOD("valid"),
    ENDS_SOON("valid for less than 30 days"),
    ENDED("expired"),
    NOT_YET("not yet valid");

    private static final Duration SOON = Duration.ofDays(30);

    private final String words;

    Validity(String words) {
        this.words = words;
    }

    static Validity of(X509Certificate certificate, Instant now) {
        if (Certificates.isNotYetValid(certificate, now)) {
            return NOT_YET;
        }
        if (Certificates.isExpired(certificate, now)) {
            return ENDED;
        }
        return certificate.getNotAfter().toInstant().isBefore(now.plus(SOON)) ? ENDS_SOON : GOOD;
    }

    /** A message for the operator. */
    String describe(X509Certificate certificate) {
        return "certificate: " + Certificates.subject(certificate) + ", serial "
                + certificate.getSerialNumber().toString(16) + ", " + words + ", from "
                + certificate.getNotBefore().toInstant() + " until "
                + certificate.getNotAfter().toInstant();
    }
}
