package io.sealgate.core.keys;

import io.sealgate.core.cam.Variable;
import io.sealgate.core.model.ClientIdentity;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A piece of a template. Immutable. */
sealed interface KeyPart {

    /**
     * A regular expression for its text, whoever the client is.
     *
     * @param extensions one for what stands for an extension
     */
    String form(String extensions);

    /** The same text in every key of one client and extension. */
    sealed interface Known extends KeyPart {
        /**
         * The text, or {@code null} if there is none that may stand there.
         *
         * @param extension with its dot; empty if the template has none
         */
        @Nullable
        String text(ClientIdentity client, String extension);
    }

    /** Another text in every key, always as long. */
    sealed interface Made extends KeyPart permits Unique, KeyDate {
        String make(Instant now, RandomGenerator random);

        int length();

        /** Whether {@code text}, which is as long, could have been made at some time. */
        boolean fits(String text);

        @Override
        default String form(String extensions) {
            return ".{" + length() + "}";
        }
    }

    /** Itself. */
    record Literal(String literal) implements Known {
        @Override
        public String text(ClientIdentity client, String extension) {
            return literal;
        }

        @Override
        public String form(String extensions) {
            return Pattern.quote(literal);
        }
    }

    /** The client's one value. Of several nobody knows which is meant. */
    record OfClient(Variable variable) implements Known {
        @Override
        public @Nullable String text(ClientIdentity client, String extension) {
            List<String> values = variable.valuesOf(client);
            return values.size() == 1 && variable.canStandInKey(values.get(0)) ? values.get(0) : null;
        }

        /** Only the path of a SPIFFE ID has slashes. */
        @Override
        public String form(String extensions) {
            return variable == Variable.CLIENT_SPIFFE_PATH ? ".+" : "[^/]+";
        }
    }

    /** What the client's name for the object ends in. */
    record Extension() implements Known {
        @Override
        public String text(ClientIdentity client, String extension) {
            return extension;
        }

        @Override
        public String form(String extensions) {
            return extensions;
        }
    }

    /** What makes a key the only one, and no other key a help in guessing it: at least 128 random bits. */
    enum Unique implements Made {
        /**
         * A ULID, which sorts by the time in its first ten characters, and ten more characters: the 80 bits that are random in a ULID are
         * too few to keep a secret.
         */
        ULID {
            private static final int TIME = 10;
            private static final int MORE = 26;

            @Override
            public String make(Instant now, RandomGenerator random) {
                return Crockford.number(now.toEpochMilli(), TIME) + Crockford.random(random, MORE);
            }

            @Override
            public int length() {
                return TIME + MORE;
            }

            /** 48 bits of time leave the first character three. */
            @Override
            public boolean fits(String text) {
                return text.charAt(0) <= '7' && Crockford.isAll(text);
            }
        },
        /** 130 random bits. */
        RANDOM {
            private static final int LENGTH = 26;

            @Override
            public String make(Instant now, RandomGenerator random) {
                return Crockford.random(random, LENGTH);
            }

            @Override
            public int length() {
                return LENGTH;
            }

            @Override
            public boolean fits(String text) {
                return Crockford.isAll(text);
            }
        }
    }
}
