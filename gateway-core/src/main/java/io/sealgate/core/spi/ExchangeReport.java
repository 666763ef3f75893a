package io.sealgate.core.spi;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything worth telling of one exchange once it is over. Carries no header values but those named, no body bytes, no secret.
 *
 * @param connection    where it came from
 * @param id            the exchange's id
 * @param started       when its head was complete
 * @param duration      from then to the terminal transition
 * @param protocol      {@code HTTP/1.0}, {@code HTTP/1.1} or {@code HTTP/2}
 * @param method        request method
 * @param path          raw path as received, without the query: queries can carry signatures
 * @param authority     Host as received
 * @param userAgent     User-Agent as received
 * @param route         the route's name, if one matched
 * @param operation     the operation, if it was recognised
 * @param origin        the origin's name, if one was chosen
 * @param status        HTTP status that the client was sent, 0 if none
 * @param requestBytes  body bytes received from the client
 * @param responseBytes body bytes passed on to the client, of the origin's answer or the gateway's own
 * @param outcome       how it ended
 * @param error         why, if it did not complete
 * @param originRequestId {@code x-cos-request-id} of the origin's answer
 * @param uploadChecks  what the taps said of the request body
 * @param downloadChecks what the taps said of the response body, of every one if the origin had to be asked again
 * @param recoveries    further requests to the origin for the same answer, in order
 * @param key           of the object, decoded, if the gateway has chosen it
 * @param deniedKeys    of a batch, which the client was told beside what became of the rest
 * @param corruptVersion what was made of a version that is not what was sent, if that was tried
 */
public record ExchangeReport(
        ConnectionContext connection,
        RequestId id,
        Instant started,
        Duration duration,
        String protocol,
        String method,
        String path,
        String authority,
        @Nullable String userAgent,
        @Nullable String route,
        @Nullable CosOperation operation,
        @Nullable String origin,
        int status,
        long requestBytes,
        long responseBytes,
        Outcome outcome,
        @Nullable GatewayError error,
        @Nullable String originRequestId,
        List<TapResult> uploadChecks,
        List<TapResult> downloadChecks,
        List<Recovery> recoveries,
        @Nullable String key,
        int deniedKeys,
        @Nullable CorruptVersion corruptVersion) {

    /** How an exchange ended: the closed set behind {@code sealgate.outcome}. */
    public enum Outcome {
        /** The origin's answer reached the client whole. */
        COMPLETED,
        /** The gateway answered in the origin's place because of the request, a policy or a digest. */
        REFUSED,
        /** The gateway answered in the origin's place because the origin or the gateway failed. */
        FAILED,
        /** The answer had begun and had to be broken off. */
        BROKEN,
        /** The client went away first. */
        ABORTED;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** Lower-case name for logs and metrics. */
        public String label() {
            return label;
        }
    }
}
