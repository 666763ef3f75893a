package io.sealgate.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A configuration's text and where it came from.
 *
 * @param name          for messages
 * @param baseDirectory what relative paths in it are relative to
 * @param text          the YAML
 */
public record ConfigSource(String name, Path baseDirectory, String text) {

    /** The argument that means standard input. */
    public static final String STANDARD_INPUT = "-";

    /**
     * Reads a file, or {@code standardInput} if the argument is {@value #STANDARD_INPUT}.
     *
     * @throws ConfigException if it cannot be read
     */
    public static ConfigSource read(String argument, InputStream standardInput) throws ConfigException {
        try {
            if (argument.equals(STANDARD_INPUT)) {
                String text = new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
                return new ConfigSource("standard input", Path.of("").toAbsolutePath(), text);
            }
            Path file = Path.of(argument).toAbsolutePath();
            return new ConfigSource(argument, file.resolveSibling(""), Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of(argument + ": no such file (expected: a configuration file)"));
        } catch (IOException e) {
            throw new ConfigException(List.of(argument + ": cannot be read (expected: a readable file in UTF-8)"));
        }
    }
}
