package io.sealgate.tls;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Finds in an exception the alert by which a server refuses the certificate that it was shown, or that it was shown none. */
final class CertificateAlerts {

    /** The alert if there was no certificate. */
    static final String REQUIRED = "certificate_required";

    /** BoringSSL's names of received alerts, and those of RFC 8446 §6. */
    private static final Map<String, String> ALERTS = Map.ofEntries(
            entry("SSLV3_ALERT_NO_CERTIFICATE", "no_certificate"),
            entry("SSLV3_ALERT_BAD_CERTIFICATE", "bad_certificate"),
            entry("SSLV3_ALERT_UNSUPPORTED_CERTIFICATE", "unsupported_certificate"),
            entry("SSLV3_ALERT_CERTIFICATE_REVOKED", "certificate_revoked"),
            entry("SSLV3_ALERT_CERTIFICATE_EXPIRED", "certificate_expired"),
            entry("SSLV3_ALERT_CERTIFICATE_UNKNOWN", "certificate_unknown"),
            entry("TLSV1_ALERT_UNKNOWN_CA", "unknown_ca"),
            entry("TLSV1_ALERT_ACCESS_DENIED", "access_denied"),
            entry("TLSV1_ALERT_DECRYPT_ERROR", "decrypt_error"),
            entry("TLSV1_CERTIFICATE_REQUIRED", REQUIRED),
            entry("TLSV1_ALERT_CERTIFICATE_REQUIRED", REQUIRED));

    private static final Pattern TOKEN = Pattern.compile("OPENSSL_internal:([A-Z0-9_]+)");

    /** So that a cause chain with a loop ends. */
    private static final int LONGEST_CHAIN = 16;

    private CertificateAlerts() {}

    /** The alert's name. */
    static Optional<String> of(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
            String alert = cause instanceof SSLException ? inMessage(cause.getMessage()) : null;
            if (alert != null) {
                return Optional.of(alert);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static @Nullable String inMessage(@Nullable String message) {
        Matcher matcher = TOKEN.matcher(message == null ? "" : message);
        while (matcher.find()) {
            String alert = ALERTS.get(matcher.group(1));
            if (alert != null) {
                return alert;
            }
        }
        return null;
    }
}
