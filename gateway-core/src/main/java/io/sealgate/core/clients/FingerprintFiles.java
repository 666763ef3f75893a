package io.sealgate.core.clients;

import io.sealgate.core.config.Problems;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Where lists of fingerprints come from. */
public interface FingerprintFiles {

    /**
     * Opens a list; nothing and at least one problem if it cannot be used. What is supplied is the list of the moment, from
     * memory: it is asked for with every request.
     */
    Optional<Supplier<Fingerprints>> open(Path file, Problems problems, String path);
}
