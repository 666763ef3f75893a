package io.sealgate.app.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names as the configuration spells them: kebab-case keys for record components, kebab-case words for enum constants. */
final class Words {

    private Words() {}

    /** {@code http2StreamWindow} is {@code http2-stream-window}, {@code None} is {@code none}. */
    static String key(String name) {
        StringBuilder key = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                key.append('-');
            }
            key.append(Character.toLowerCase(c));
        }
        return key.toString();
    }

    /** {@code SSE_KMS} is {@code sse-kms}; a constant whose {@code toString} says something else than its name is spelled so. */
    static String word(Enum<?> constant) {
        String own = constant.toString();
        return own.equals(constant.name()) ? own.toLowerCase(Locale.ROOT).replace('_', '-') : own;
    }

    /** {@code deny or allow}, for messages. */
    static String choice(Class<?> type) {
        return constants(type).map(Words::word).collect(Collectors.joining(" or "));
    }

    /** The constants of an enum type. */
    static Stream<Enum<?>> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(constant -> (Enum<?>) constant);
    }
}
