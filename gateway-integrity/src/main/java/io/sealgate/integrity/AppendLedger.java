package io.sealgate.integrity;

import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosResource;
import java.time.Duration;
import java.util.Optional;

/**
 * Remembers what objects that grow were after they last grew through this process, for a while and as far as there is room. Somebody else may
 * have changed them since. Thread-safe; must not block.
 */
public interface AppendLedger {

    /**
     * An object as its origin last said it is.
     *
     * @param bytes its length
     * @param crc64 of all of them
     */
    record Grown(long bytes, long crc64) {}

    /** The object has grown through {@code client}, out of whose share it is remembered if it is new. */
    void grew(ClientKey client, CosResource object, Grown state);

    /** What is remembered of it. */
    Optional<Grown> find(CosResource object);

    /** What is remembered of it is wrong. */
    void forget(CosResource object);

    /**
     * One that remembers up to {@code objects} objects in this process, each for {@code time}; no client makes it
     * forget what others have appended to.
     */
    static AppendLedger inMemory(int objects, Duration time) {
        return new AppendsInMemory(objects, time, System::nanoTime);
    }
}
