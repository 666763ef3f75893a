package io.sealgate.core.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.model.ClientIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients that their certificate ends soon, by a header of every answer: a device often learns it in no other way, and
 * once it has ended there is no answer any more. Immutable.
 */
public final class ExpiryNotice {

    /** The header, which nobody but the gateway may send. Its value is the end of validity as an HTTP date. */
    public static final String HEADER = "x-sealgate-certificate-expires";

    /** RFC 9110 §5.6.7. */
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final @Nullable Duration within;
    private final InstantSource clock;

    private ExpiryNotice(@Nullable Duration within, InstantSource clock) {
        this.within = within;
        this.clock = clock;
    }

    /** Gives notice from {@code within} before the end on; {@code null} for never. */
    public static ExpiryNotice of(@Nullable Duration within, InstantSource clock) {
        return new ExpiryNotice(within, clock);
    }

    /** Adds the header to an answer to {@code client}, if it is time. */
    public void apply(ClientIdentity client, HttpHeaders headers) {
        if (within != null && client instanceof ClientIdentity.Certified certified) {
            Instant end = certified.notAfter();
            if (!clock.instant().isBefore(end.minus(within))) {
                headers.set(HEADER, IMF_FIXDATE.format(end));
            }
        }
    }
}
