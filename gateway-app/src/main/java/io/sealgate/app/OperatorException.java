package io.sealgate.app;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Something that whoever started the program can mend: a file, an address, an argument. The message is for them: one line, no stack trace, no secret. */
public final class OperatorException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    public OperatorException(String message) {
        this(message, null);
    }

    public OperatorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
