package io.sealgate.app.config;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A text that is no YAML, or not one section. The message repeats nothing of the text. */
final class YamlSyntaxException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    YamlSyntaxException(int line, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.line = line;
    }

    /** Where, from 1. */
    int line() {
        return line;
    }

    /** {@link #getMessage()}, which is never null here. */
    String text() {
        return String.valueOf(getMessage());
    }
}
