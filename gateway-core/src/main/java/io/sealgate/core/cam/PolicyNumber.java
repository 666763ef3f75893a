package io.sealgate.core.cam;

import io.sealgate.core.model.DecimalText;
import java.util.OptionalLong;

/**
 * The numbers of conditions: one grammar for what policies say and for what requests say, so that no text is a number
 * to one of them alone.
 */
enum PolicyNumber {
    /** A count or a size: {@code [0-9]{1,18}}. No sign, no point, no exponent, and no digits but those of ASCII. */
    COUNT("digits, such as 5242880") {
        @Override
        OptionalLong parse(String text) {
            return DecimalText.parse(text);
        }
    },
    /** A TLS version that the gateway speaks, as its place among them. */
    TLS_VERSION("1.2 or 1.3") {
        @Override
        OptionalLong parse(String text) {
            return switch (text) {
                case "1.2" -> OptionalLong.of(2);
                case "1.3" -> OptionalLong.of(3);
                default -> OptionalLong.empty();
            };
        }
    };

    private final String expected;

    PolicyNumber(String expected) {
        this.expected = expected;
    }

    /** How the numbers under {@code key} are written. */
    static PolicyNumber of(ConditionKey key) {
        return key == ConditionKey.TLS_VERSION ? TLS_VERSION : COUNT;
    }

    /** The number that {@code text} is; empty if it is none. */
    abstract OptionalLong parse(String text);

    /** For messages. */
    String expected() {
        return expected;
    }
}
