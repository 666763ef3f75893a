package io.sealgate.core.observe;

import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.util.StringBuilderFormattable;
import org.jspecify.annotations.Nullable;

/**
 * Lines that are there for the duration of a logging call only. An appender that writes at once copies them a single time; one that
 * writes later asks for the text first, as of every message that does not say that it can be formatted in the background. Confined to the
 * logging thread until then.
 */
final class BorrowedLines implements Message, StringBuilderFormattable {

    private static final long serialVersionUID = 1L;

    private final transient CharSequence lines;
    private @Nullable String text;

    /** Borrows {@code lines}. */
    BorrowedLines(CharSequence lines) {
        this.lines = lines;
    }

    @Override
    public String getFormattedMessage() {
        if (text == null) {
            text = lines.toString();
        }
        return text;
    }

    @Override
    public void formatTo(StringBuilder buffer) {
        buffer.append(text == null ? lines : text);
    }

    @Override
    public Object @Nullable [] getParameters() {
        return null;
    }

    @Override
    public @Nullable Throwable getThrowable() {
        return null;
    }

    private Object writeReplace() {
        return getFormattedMessage();
    }
}
