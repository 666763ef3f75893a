package io.sealgate.app.config;

import static java.util.Map.entry;

import io.sealgate.app.config.YamlNode.Kind;
import io.sealgate.core.config.UploadsConfig.ForbidOverwrite;
import io.sealgate.core.model.AddressBlock;
import io.sealgate.core.model.ByteSize;
import io.sealgate.core.model.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How single values are read: one row per Java type. Anything that YAML took for something else than the type expects is refused
 * rather than converted: an unquoted {@code no} or {@code 1.10} is seldom what its writer meant.
 */
final class Scalars {

    private static final Set<Kind> TEXT = Set.of(Kind.TEXT);
    private static final Set<Kind> NUMBER = Set.of(Kind.NUMBER);
    private static final Set<Kind> TEXT_OR_NUMBER = Set.of(Kind.TEXT, Kind.NUMBER);

    private final Map<Class<?>, Scalar> byType;

    Scalars(SecretReader secrets, Path baseDirectory) {
        byType = Map.ofEntries(
                entry(String.class, new Scalar(TEXT, "text, in quotes if need be", text -> text)),
                entry(ForbidOverwrite.class, word(Set.of(Kind.BOOLEAN, Kind.TEXT), ForbidOverwrite.class)),
                entry(Boolean.class, new Scalar(Set.of(Kind.BOOLEAN), "true or false, without quotes", Scalars::bool)),
                entry(Integer.class, new Scalar(NUMBER, "a whole number", Scalars::integer)),
                entry(Duration.class, new Scalar(TEXT, DurationText.EXPECTED, DurationText::parse)),
                entry(ByteSize.class, new Scalar(TEXT_OR_NUMBER, "a size such as 64KiB", ByteSize::parse)),
                entry(Path.class, new Scalar(TEXT, "a path", baseDirectory::resolve)),
                entry(Secret.class, new Scalar(TEXT, SecretReader.EXPECTED, true, secrets::read)),
                entry(BindAddress.class, new Scalar(TEXT, BindAddress.EXPECTED, BindAddress::parse)),
                entry(
                        ListenAddress.class,
                        new Scalar(TEXT, ListenAddress.EXPECTED, text -> ListenAddress.parse(text, baseDirectory))),
                entry(AddressBlock.class, new Scalar(TEXT, AddressBlock.EXPECTED, AddressBlock::parse)),
                entry(Endpoint.class, new Scalar(TEXT, Endpoint.EXPECTED, Endpoint::parse)),
                entry(EventLoops.class, new Scalar(TEXT_OR_NUMBER, EventLoops.EXPECTED, EventLoops::parse)));
    }

    /** How values of {@code type} are read; empty if the type is not a single value. */
    Optional<Scalar> of(Class<?> type) {
        Scalar own = byType.get(type);
        return own == null && type.isEnum() ? Optional.of(word(TEXT, type)) : Optional.ofNullable(own);
    }

    private static Scalar word(Set<Kind> kinds, Class<?> type) {
        String expected = Words.choice(type);
        return new Scalar(kinds, expected, text -> Words.constants(type)
                .filter(constant -> Words.word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("word: " + text + " (expected: " + expected + ")")));
    }

    /** YAML has a dozen words for these two, and some read {@code yes} as false. */
    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("value: " + text + " (expected: true or false)");
        };
    }

    private static Integer integer(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("number: " + text + " (expected: a whole number)", e);
        }
    }

    /**
     * How one type of value is read.
     *
     * @param kinds    what YAML may take it for
     * @param expected completes {@code (expected: …)}
     * @param isSecret never repeated in a message
     * @param parse    throws {@link IllegalArgumentException} with a complete message
     */
    record Scalar(Set<Kind> kinds, String expected, boolean isSecret, Function<String, Object> parse) {
        Scalar(Set<Kind> kinds, String expected, Function<String, Object> parse) {
            this(kinds, expected, false, parse);
        }
    }
}
