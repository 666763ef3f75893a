package io.sealgate.app;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.load.Capacity;
import java.time.Duration;
import java.util.Collection;

/**
 * How much one gateway holds for all its clients together. Immutable.
 *
 * @param capacity bounds on what is in progress
 * @param parts    how many parts of multipart uploads are remembered
 * @param appends  how many appendable objects are remembered
 */
public record ProcessRoom(Capacity capacity, int parts, int appends) {

    /**
     * Longer than the pauses of a device that reports all the time. The older an entry is, the likelier somebody else
     * has changed the object.
     */
    static final Duration APPENDS_REMEMBERED_FOR = Duration.ofMinutes(5);

    /** Some 16 MB at worst: fifty uploads of a thousand parts each. */
    private static final int PARTS = 50_000;

    /** Some 10 MB at worst, when every key is as long as COS takes them. */
    private static final int APPENDS = 10_000;

    /** Computed from the memory that this process may use. */
    static ProcessRoom ofThisProcess(Collection<LimitsConfig> listeners) {
        return new ProcessRoom(Capacity.ofThisProcess(listeners), PARTS, APPENDS);
    }
}
