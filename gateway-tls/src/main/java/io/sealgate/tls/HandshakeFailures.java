package io.sealgate.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.ClientSignatureGuard.WeakSignatureException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sorts what Netty reports of a failed handshake into the closed set of {@link HandshakeRefusal}. */
final class HandshakeFailures {

    /** Netty's own exception type is private; the text of BoringSSL's error queue is what there is to go by. */
    private static final Pattern TOKEN = Pattern.compile("(?:([A-Za-z ]+) routines:)?OPENSSL_internal:([A-Z0-9_]+)");

    /** What BoringSSL says of an RSA key that it cannot read. */
    private static final Set<String> UNREADABLE_RSA =
            Set.of("BAD_E_VALUE", "BAD_ENCODING", "BAD_RSA_PARAMETERS", "KEY_SIZE_TOO_SMALL", "MODULUS_TOO_LARGE");

    private static final Set<HandshakeRefusal> REVOCATION = EnumSet.of(
            HandshakeRefusal.REVOKED,
            HandshakeRefusal.CRL_MISSING,
            HandshakeRefusal.CRL_STALE,
            HandshakeRefusal.OCSP_UNDECIDED);

    /** So that a cause chain with a loop ends. */
    private static final int LONGEST_CHAIN = 16;

    private HandshakeFailures() {}

    /**
     * The reason behind {@code failure}: our own verdict if there is one in the chain of causes, else BoringSSL's or
     * Netty's.
     */
    static HandshakeRefusal classify(Throwable failure) {
        HandshakeRefusal best = HandshakeRefusal.OTHER;
        Throwable cause = failure;
        for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
            if (cause instanceof RefusedCertificateException refused) {
                return refused.reason();
            }
            if (best == HandshakeRefusal.OTHER) {
                best = ofOne(cause);
            }
            cause = cause.getCause();
        }
        return best;
    }

    /**
     * Who is refused and why, if it is somebody whose certificate is good but for revocation: anybody else's name
     * is hearsay. Of a weak signature, which names nobody, what is weak.
     */
    static @Nullable String explain(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < LONGEST_CHAIN && cause != null; i++) {
            if (cause instanceof RefusedCertificateException refused) {
                boolean isKnown = REVOCATION.contains(refused.reason()) || refused instanceof WeakSignatureException;
                return isKnown ? refused.getMessage() : null;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static HandshakeRefusal ofOne(Throwable cause) {
        if (cause instanceof SslHandshakeTimeoutException) {
            return HandshakeRefusal.TIMEOUT;
        }
        if (cause instanceof NotSslRecordException) {
            return HandshakeRefusal.NOT_TLS;
        }
        if (cause instanceof SSLException) {
            return ofMessage(cause.getMessage());
        }
        // A reset is an IOException as it is; TLS failures are IOExceptions too, but went out above.
        if (cause instanceof ClosedChannelException || cause instanceof IOException) {
            return HandshakeRefusal.CLOSED;
        }
        return HandshakeRefusal.OTHER;
    }

    private static HandshakeRefusal ofMessage(@Nullable String message) {
        Matcher matcher = TOKEN.matcher(message == null ? "" : message);
        return matcher.find() ? ofToken(matcher.group(1), matcher.group(2)) : HandshakeRefusal.OTHER;
    }

    /**
     * By the part of BoringSSL that failed. Keys come from nowhere but the client's certificate, of which BoringSSL
     * does not ask us if it cannot read the key; RSA is not used for anything but to verify what the client has signed.
     */
    private static HandshakeRefusal ofToken(@Nullable String part, String token) {
        return switch (part == null ? "" : part) {
            case "public key" -> HandshakeRefusal.UNSUPPORTED_KEY;
            case "RSA" ->
                UNREADABLE_RSA.contains(token)
                        ? HandshakeRefusal.UNSUPPORTED_KEY
                        : HandshakeRefusal.INVALID_CERTIFICATE;
            // of its parameters; a point may be of the client's key share as well
            case "elliptic curve" ->
                token.equals("DECODE_ERROR") ? HandshakeRefusal.UNSUPPORTED_KEY : HandshakeRefusal.OTHER;
            default -> ofToken(token);
        };
    }

    /** Tokens of BoringSSL's {@code ssl/ssl_err.txt} family. */
    private static HandshakeRefusal ofToken(String token) {
        // Received alerts are named SSLV3_ALERT_… and TLSV1_…, whatever the version; what we send has other names.
        if (token.startsWith("SSLV3_ALERT_") || token.startsWith("TLSV1_")) {
            return HandshakeRefusal.CLIENT_ALERT;
        }
        return switch (token) {
            case "PEER_DID_NOT_RETURN_A_CERTIFICATE" -> HandshakeRefusal.NO_CERTIFICATE;
            case "UNSUPPORTED_PROTOCOL", "WRONG_SSL_VERSION", "WRONG_VERSION_ON_EARLY_DATA", "NO_PROTOCOLS_AVAILABLE" ->
                HandshakeRefusal.PROTOCOL_VERSION;
            case "NO_SHARED_CIPHER", "NO_SHARED_GROUP", "WRONG_CURVE", "NO_COMMON_SIGNATURE_ALGORITHMS" ->
                HandshakeRefusal.NO_COMMON_CIPHER;
            case "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "WRONG_VERSION_NUMBER" -> HandshakeRefusal.NOT_TLS;
            case "KEY_USAGE_BIT_INCORRECT" -> HandshakeRefusal.WRONG_USAGE;
            case "BAD_SIGNATURE",
                    "BAD_ECC_CERT",
                    "CANNOT_PARSE_LEAF_CERT",
                    "CERTIFICATE_VERIFY_FAILED",
                    "EXCESSIVE_MESSAGE_SIZE", // no other message may be as long as certificates may
                    "UNKNOWN_CERTIFICATE_TYPE",
                    "WRONG_CERTIFICATE_TYPE",
                    "WRONG_SIGNATURE_TYPE" -> HandshakeRefusal.INVALID_CERTIFICATE;
            default -> HandshakeRefusal.OTHER;
        };
    }
}
