package io.sealgate.core.observe;

import io.sealgate.core.spi.ExchangeReport;
import java.io.Serial;
import java.util.List;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.util.StringBuilderFormattable;
import org.jspecify.annotations.Nullable;

/** Several exchanges as one log event, a line of JSON each. Immutable, so it may be formatted by whichever thread writes it. */
final class AccessLines implements Message, StringBuilderFormattable {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<ExchangeReport> reports;

    AccessLines(List<ExchangeReport> reports) {
        this.reports = List.copyOf(reports);
    }

    @Override
    public void formatTo(StringBuilder out) {
        for (int i = 0; i < reports.size(); i++) {
            if (i > 0) {
                out.append('\n');
            }
            AccessLine.format(reports.get(i), out);
        }
    }

    @Override
    public String getFormattedMessage() {
        StringBuilder out = new StringBuilder(1024 * reports.size());
        formatTo(out);
        return out.toString();
    }

    @Override
    public Object @Nullable [] getParameters() {
        return null;
    }

    @Override
    public @Nullable Throwable getThrowable() {
        return null;
    }
}
