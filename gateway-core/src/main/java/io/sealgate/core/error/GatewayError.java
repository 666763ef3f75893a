package io.sealgate.core.error;

import org.jspecify.annotations.Nullable;

/**
 * Why the gateway does not, or not fully, do what was asked. A value, not an exception: it travels through return types, and
 * {@link ErrorMapper} alone turns it into an answer.
 *
 * <p>{@link #message()} is read by strangers: it never names origins, addresses, secrets or policies.
 */
public sealed interface GatewayError {

    /** The error code and HTTP status for the client. */
    CosErrorCode code();

    /** One sentence, safe for strangers: {@code what: value (expected: …)}. */
    String message();

    /** Who is at fault, from a closed set: the value of {@code x-sealgate-error} and of the metric tag. */
    Source source();

    /** Whether nothing more can be read sensibly from this connection, so that it closes after the answer. */
    default boolean closesConnection() {
        return false;
    }

    /** Who is at fault. */
    enum Source {
        REQUEST,
        POLICY,
        INTEGRITY,
        ORIGIN,
        GATEWAY;

        /** Lower-case name for headers, logs and metrics. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The request itself is wrong: framing, target, unknown operation, a header that the closed list does not admit. */
    record Rejected(CosErrorCode code, String message, boolean closesConnection) implements GatewayError {
        public Rejected(CosErrorCode code, String message) {
            this(code, message, false);
        }

        @Override
        public Source source() {
            return Source.REQUEST;
        }
    }

    /**
     * Understood and not permitted.
     *
     * @param reason    for log and metric only, from a closed set; the client learns {@code message}
     * @param statement for the log only: which statement of which policy denied it, or {@code null} if none did
     */
    record Denied(String message, String reason, @Nullable String statement) implements GatewayError {
        public Denied(String message, String reason) {
            this(message, reason, null);
        }

        @Override
        public CosErrorCode code() {
            return CosErrorCode.ACCESS_DENIED;
        }

        @Override
        public Source source() {
            return Source.POLICY;
        }
    }

    /** Bytes are not what a digest says they are. */
    record Corrupted(CosErrorCode code, String message) implements GatewayError {
        @Override
        public Source source() {
            return Source.INTEGRITY;
        }
    }

    /** No connection to the origin, or it died before any response byte. */
    record Unreachable(String message) implements GatewayError {
        @Override
        public CosErrorCode code() {
            return CosErrorCode.SERVICE_UNAVAILABLE;
        }

        @Override
        public Source source() {
            return Source.ORIGIN;
        }
    }

    /**
     * Somebody took too long.
     *
     * @param source {@link Source#REQUEST} if the client was slow, {@link Source#ORIGIN} if the origin was
     */
    record TimedOut(Source source, String message) implements GatewayError {
        @Override
        public CosErrorCode code() {
            return source == Source.REQUEST ? CosErrorCode.REQUEST_TIMEOUT : CosErrorCode.GATEWAY_TIMEOUT;
        }

        @Override
        public boolean closesConnection() {
            return source == Source.REQUEST;
        }
    }

    /** The origin spoke, but not proper HTTP, or stopped in the middle. */
    record Broken(String message) implements GatewayError {
        @Override
        public CosErrorCode code() {
            return CosErrorCode.BAD_GATEWAY;
        }

        @Override
        public Source source() {
            return Source.ORIGIN;
        }
    }

    /** The gateway has no room for this now; trying again later is right. */
    record Overloaded(String message) implements GatewayError {
        @Override
        public CosErrorCode code() {
            return CosErrorCode.SLOW_DOWN;
        }

        @Override
        public Source source() {
            return Source.GATEWAY;
        }
    }

    /** A fault of the gateway's own. The cause goes to the log, not to the client. */
    record Internal(String message) implements GatewayError {
        @Override
        public CosErrorCode code() {
            return CosErrorCode.INTERNAL_ERROR;
        }

        @Override
        public Source source() {
            return Source.GATEWAY;
        }

        @Override
        public boolean closesConnection() {
            return true;
        }
    }
}
