package io.sealgate.app.config;

import io.sealgate.core.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fetches secrets from where the configuration says they are, {@code file:PATH} or {@code env:NAME}. A secret written into the
 * configuration itself is refused, and no message repeats one.
 */
public final class SecretReader {

    public static final String EXPECTED = "file:PATH or env:NAME";

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";

    private final Path baseDirectory;
    private final Function<String, @Nullable String> environment;

    /** Relative paths are relative to {@code baseDirectory}. */
    public SecretReader(Path baseDirectory, Function<String, @Nullable String> environment) {
        this.baseDirectory = baseDirectory;
        this.environment = environment;
    }

    /**
     * Reads the secret that {@code reference} names.
     *
     * @throws IllegalArgumentException if there is none to be had; the message does not repeat it
     */
    public Secret read(String reference) {
        if (reference.startsWith(FILE)) {
            return fromFile(reference, baseDirectory.resolve(reference.substring(FILE.length())));
        }
        if (reference.startsWith(ENVIRONMENT)) {
            return fromEnvironment(reference.substring(ENVIRONMENT.length()));
        }
        throw new IllegalArgumentException("secret: ****** (expected: " + EXPECTED + ")");
    }

    private static Secret fromFile(String reference, Path file) {
        try {
            // strip: editors and `echo` end a file with a line break that is no part of the secret
            return notEmpty(
                    reference, Files.readString(file, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new IllegalArgumentException("secret: " + reference + " (expected: a readable text file)", e);
        }
    }

    private Secret fromEnvironment(String name) {
        String value = environment.apply(name);
        if (value == null) {
            throw new IllegalArgumentException("secret: env:" + name + " (expected: a variable that is set)");
        }
        return notEmpty(ENVIRONMENT + name, value);
    }

    private static Secret notEmpty(String reference, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("secret: " + reference + " (expected: not empty)");
        }
        return Secret.of(value);
    }
}
