package io.sealgate.app.config;

import io.sealgate.core.config.Problems;
import io.sealgate.tls.revocation.CrlIssuerStore;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway writes down for the processes that come after it.
 *
 * @param directory where; null for nowhere
 */
public record StateConfig(@Nullable Path directory) {

    static final String PATH = "state.directory";

    /** Nothing is written down. */
    public static StateConfig none() {
        return new StateConfig(null);
    }

    /** What is there already, for checks; null if there is no directory, or it cannot be used, which is a problem. */
    @Nullable
    CrlIssuerStore look(Problems problems) {
        if (directory == null) {
            return null;
        }
        try {
            return CrlIssuerStore.read(directory);
        } catch (IOException e) {
            problems.add(PATH, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * What is there already, to be added to; null if there is no directory.
     *
     * @throws IOException if it cannot be used, with a message for the operator
     */
    public @Nullable CrlIssuerStore open() throws IOException {
        return directory == null ? null : openIn(directory);
    }

    private static CrlIssuerStore openIn(Path directory) throws IOException {
        try {
            return CrlIssuerStore.open(directory);
        } catch (IOException e) {
            throw new IOException(PATH + ": " + e.getMessage(), e);
        }
    }
}
