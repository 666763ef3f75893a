package io.sealgate.core.spi;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/** Knows the keys with which clients sign the chunks of a body. Thread-safe. */
@FunctionalInterface
public interface ChunkSigners {

    /** The check for the body that {@code headers} announce, as the client sent them, or empty if the client's key is not known here. */
    Optional<ChunkSignatures> of(HttpHeaders headers);

    /** Knows no key: signatures must be there where the form wants them, and are not checked. */
    static ChunkSigners none() {
        return headers -> Optional.empty();
    }
}
