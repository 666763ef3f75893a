package io.sealgate.certs;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/** From when until when a certificate or a CRL holds: in absolute terms, or relative to the moment of signing. */
public sealed interface Validity {
    /** A device's clock may lag; a certificate made now must work on it now. */
    Duration CLOCK_SKEW = Duration.ofMinutes(5);

    static Validity between(Instant from, Instant until) {
        return new Between(from, until);
    }

    /** From a little before the moment of signing until {@code length} after it. */
    static Validity lasting(Duration length) {
        return new Relative(CLOCK_SKEW.negated(), length);
    }

    /** Ended an hour before the moment of signing. */
    static Validity expired() {
        return new Relative(Duration.ofDays(-2), Duration.ofHours(-1));
    }

    /** Begins an hour after the moment of signing. */
    static Validity notYet() {
        return new Relative(Duration.ofHours(1), Duration.ofDays(2));
    }

    /** This validity as two instants, for something signed at {@code signingTime}. */
    Between at(Instant signingTime);

    /** Fixed instants, cut to whole seconds because X.509 times have no fraction (RFC 5280 §4.1.2.5). */
    record Between(Instant from, Instant until) implements Validity {
        public Between {
            from = from.truncatedTo(ChronoUnit.SECONDS);
            until = until.truncatedTo(ChronoUnit.SECONDS);
            if (until.isBefore(from)) {
                throw new CertsException("validity: until " + until + " (expected: not before " + from + ")");
            }
        }

        @Override
        public Between at(Instant signingTime) {
            return this;
        }

        Date fromDate() {
            return Date.from(from);
        }

        Date untilDate() {
            return Date.from(until);
        }
    }

    /** Offsets from the moment of signing; negative ones lie before it. */
    record Relative(Duration start, Duration end) implements Validity {
        @Override
        public Between at(Instant signingTime) {
            return new Between(signingTime.plus(start), signingTime.plus(end));
        }
    }
}
