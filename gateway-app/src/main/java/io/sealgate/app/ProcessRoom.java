package io.sealgate.app;

import io.sealgate.core.config.LimitsConfig;
import io.sealgate.core.load.Capacity;
import java.time.Duration;
import java.util.Collection;

/**
 * How much one gateway carries and remembers for all its clients together.
 *
 * @param capacity what is under way
 * @param parts    of multipart uploads that are remembered
 * @param appends  objects that were appended to and are remembered
 */
public record ProcessRoom(Capacity capacity, int parts, int appends) {

    /** Longer than a device pauses that reports all the time; the older it is, the likelier has somebody else changed the object. */
    static final Duration APPENDS_REMEMBERED_FOR = Duration.ofMinutes(5);

    /** Some 16 MB at worst: fifty uploads of a thousand parts each. */
    private static final int PARTS = 50_000;

    /** Some 10 MB at worst, when every key is as long as COS takes them. */
    private static final int APPENDS = 10_000;

    /** For the memory that this process may use. */
    static ProcessRoom ofThisProcess(Collection<LimitsConfig> listeners) {
        return new ProcessRoom(Capacity.ofThisProcess(listeners), PARTS, APPENDS);
    }
}
