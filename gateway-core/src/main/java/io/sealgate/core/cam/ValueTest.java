package io.sealgate.core.cam;

import java.util.OptionalLong;

/** One value of a condition, and how a request's value compares with it; negation is the condition's affair. Immutable. */
sealed interface ValueTest {

    /** Compares. {@link Truth#UNSURE} if the request's value is no such value at all. */
    Truth test(String value, Binding binding);

    /** Text, perhaps with variables and wildcards. */
    record Text(TextPattern pattern, boolean ignoresCase) implements ValueTest {
        @Override
        public Truth test(String value, Binding binding) {
            return pattern.fits(value, ignoresCase, binding);
        }
    }

    /** A number of one kind. */
    record Numeric(Operator operator, PolicyNumber kind, long number) implements ValueTest {
        @Override
        public Truth test(String value, Binding binding) {
            OptionalLong theirs = kind.parse(value);
            return theirs.isPresent()
                    ? Truth.of(operator.holdsFor(Long.compare(theirs.getAsLong(), number)))
                    : Truth.UNSURE;
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
