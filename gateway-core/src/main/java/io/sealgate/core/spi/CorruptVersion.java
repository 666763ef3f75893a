package io.sealgate.core.spi;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A version of an object that is not what was sent, and that the route does not want to stay.
 *
 * @param outcome what became of it
 * @param id      as the origin gave it, or {@code null} if it did not
 */
public record CorruptVersion(Outcome outcome, @Nullable String id) {

    /** What became of it: a metric tag. */
    public enum Outcome {
        /** The origin says that it is gone. */
        DELETED,
        /** Not known to be gone: the origin refused, or did not answer in time. */
        FAILED,
        /** The bucket keeps no versions: to delete the object would be to delete whatever it is by then. */
        NOT_VERSIONED;

        /** Lower-case name for logs and metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
