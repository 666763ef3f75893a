package io.sealgate.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** Whether a certificate is valid at a time, and for how long. */
enum Validity {
    GOOD("valid"),
    ENDS_SOON("expires soon"),
    ENDED("expired"),
    NOT_YET("not yet valid");

    /** The longest time before an end that is soon. */
    private static final Duration SOON = Duration.ofDays(30);

    /** Of a short life, the last part: what is renewed each day would otherwise be warned of always. */
    private static final int LAST_PART = 3;

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
        return certificate.getNotAfter().toInstant().isBefore(now.plus(soon(certificate))) ? ENDS_SOON : GOOD;
    }

    /** How long before its end it is to be renewed: 30 days, or a third of its life if that is less. */
    static Duration soon(X509Certificate certificate) {
        Duration part = Duration.between(
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant())
                .dividedBy(LAST_PART);
        return part.compareTo(SOON) < 0 ? part : SOON;
    }

    /** The same in words, in the largest unit of which there are some. */
    static String soonText(X509Certificate certificate) {
        Duration soon = soon(certificate);
        if (soon.toDays() > 1) {
            return soon.toDays() + " days";
        }
        return soon.toHours() > 1 ? soon.toHours() + " hours" : soon.toMinutes() + " minutes";
    }

    /** A message for the operator. */
    String describe(X509Certificate certificate) {
        return "certificate: " + Certificates.subject(certificate) + ", serial "
                + certificate.getSerialNumber().toString(16) + ", " + words + ", from "
                + certificate.getNotBefore().toInstant() + " until "
                + certificate.getNotAfter().toInstant();
    }
}
