package io.sealgate.app.config;

import java.io.Serial;
import java.util.List;

/** A configuration that cannot be used. Carries every problem, one line each: {@code file:line: path: what: value (expected: …)}. */
public final class ConfigException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
