package io.sealgate.core.cam;

import java.math.BigDecimal;

/** One value of a condition, and how a request's value compares with it; negation is the condition's affair. Immutable. */
sealed interface ValueTest {

    /** Compares. {@link Truth#UNSURE} if the request's value is no such value at all. */
    Truth test(String value, Binding binding);

    /**
     * Text, perhaps with variables and wildcards.
     *
     * @param isKey whether it is (the beginning of) a key, where not every name may stand
     */
    record Text(TextPattern pattern, boolean ignoresCase, boolean isKey) implements ValueTest {
        @Override
        public Truth test(String value, Binding binding) {
            return pattern.fits(value, ignoresCase, binding, isKey);
        }
    }

    /** A number. */
    record Numeric(Operator operator, BigDecimal number) implements ValueTest {
        /** What no number of a request is longer than: a text of a million digits takes its time. */
        private static final int LONGEST = 24;

        @Override
        public Truth test(String value, Binding binding) {
            if (value.length() > LONGEST) {
                return Truth.UNSURE;
            }
            try {
                return Truth.of(operator.holdsFor(new BigDecimal(value).compareTo(number)));
            } catch (NumberFormatException e) {
                return Truth.UNSURE;
            }
        }
    }

    /** A point in time, as milliseconds since the epoch. */
    record Time(Operator operator, long millis) implements ValueTest {
        @Override
        public Truth test(String value, Binding binding) {
            return Truth.of(operator.holdsFor(Long.compare(Long.parseLong(value), millis)));
        }
    }

    /** An address or a block of them. */
    record Address(Network network) implements ValueTest {
        @Override
        public Truth test(String value, Binding binding) {
            return network.contains(value);
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean bool) implements ValueTest {
        @Override
        public Truth test(String value, Binding binding) {
            return switch (value) {
                case "true" -> Truth.of(bool);
                case "false" -> Truth.of(!bool);
                default -> Truth.UNSURE;
            };
        }
    }
}
