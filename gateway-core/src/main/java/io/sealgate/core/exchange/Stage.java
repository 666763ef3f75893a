package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.exchange.Deadlines.Phase;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.Recovery;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange is doing with the request while no answer is settled. Confined to the exchange's event loop; owns what it
 * holds until {@link #close()}.
 */
interface Stage {

    /** The next piece of the client's body. Takes {@code chunk}. */
    void received(HttpContent chunk);

    /** The client has nothing more for now. */
    default void readComplete() {}

    /** The client can take more again. */
    default void downstreamWritable() {}

    /** Why nothing moved for too long in {@code phase}. */
    GatewayError blame(Phase phase);

    /**
     * Nothing moved for too long in {@code phase}.
     *
     * @return whether something is being done about it; otherwise it is over, and {@link #blame} says why
     */
    default boolean recovers(Phase phase) {
        return false;
    }

    /** Whether an answer has begun, so that an error can only be told by breaking it off. */
    default boolean hasAnswered() {
        return false;
    }

    /** Lets go of everything, origin connection included. Idempotent. */
    default void close() {}

    /** Body bytes of the origin's answer that the client has been passed so far. */
    default long responseBytes() {
        return 0;
    }

    /** What the taps said of the request body. */
    default List<TapResult> uploadChecks() {
        return List.of();
    }

    /** What the taps said of the response body. */
    default List<TapResult> downloadChecks() {
        return List.of();
    }

    /** What more was asked of the origin for it. */
    default List<Recovery> recoveries() {
        return List.of();
    }

    /** What was made of a version that is not what was sent, if that was tried. */
    default @Nullable CorruptVersion corruptVersion() {
        return null;
    }
}
