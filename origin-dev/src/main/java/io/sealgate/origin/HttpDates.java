package io.sealgate.origin;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** IMF-fixdate (RFC 9110 §5.6.7) and the ISO form of COS's XML. */
final class HttpDates {
    private static final DateTimeFormatter FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private HttpDates() {}

    static String format(Instant instant) {
        return FIXDATE.format(instant);
    }

    /** Empty for what is no date: RFC 9110 §13.1.3 has it ignored. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.from(FIXDATE.parse(text)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    static String iso(Instant instant) {
        return ISO.format(instant.truncatedTo(ChronoUnit.SECONDS));
    }
}
