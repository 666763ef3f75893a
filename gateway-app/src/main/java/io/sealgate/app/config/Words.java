package io.sealgate.app.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

    /** A record of a sealed type is spelled by what its name adds to the type's: {@code SystemTrust} of {@code Trust} is {@code system}. */
    static String word(Class<?> permitted, Class<?> sealed) {
        String name = permitted.getSimpleName();
        String common = sealed.getSimpleName();
        return key(name.endsWith(common) ? name.substring(0, name.length() - common.length()) : name);
    }

    /** {@code none or a section}: what a sealed type may be written as, for messages. */
    static String alternatives(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .sorted(Comparator.comparing(permitted -> permitted.getRecordComponents().length))
                .map(permitted -> alternative(permitted, sealed))
                .collect(Collectors.joining(" or "));
    }

    private static String alternative(Class<?> permitted, Class<?> sealed) {
        RecordComponent[] components = permitted.getRecordComponents();
        if (components.length == 0) {
            return word(permitted, sealed);
        }
        return components[0].getType() == List.class ? "a list" : "a section";
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
