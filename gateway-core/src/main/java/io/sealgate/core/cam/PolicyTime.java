package io.sealgate.core.cam;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Points in time: one grammar for policies and requests. UTC of RFC 3339, capitals only, and no leap seconds. */
final class PolicyTime {

    private static final Pattern FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?Z");

    private PolicyTime() {}

    /** The time that {@code text} is; empty if it is none. */
    static Optional<Instant> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty(); // Instant takes offsets, years of ten digits, 24 o'clock and more besides
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
