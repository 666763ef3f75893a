package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.TapResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the body of an origin's answer gets to the client. Confined to the exchange's event loop. */
interface Delivery {

    /**
     * Takes the next piece of the body, {@code chunk}, and with it its ownership.
     *
     * @return why this cannot become a whole answer, or {@code null} if all is well
     */
    @Nullable
    GatewayError pass(HttpContent chunk);

    /** Whether the client has been sent all of it. */
    boolean isComplete();

    /** Whether the client has been sent any of it, its head included. */
    boolean hasBegun();

    /** Body bytes that the origin has sent so far. */
    long received();

    /** Body bytes passed on to the client so far; what is withheld is not among them. */
    long bytes();

    /** What the taps said; empty until the body is whole. */
    List<TapResult> results();

    /** Releases what is withheld. Idempotent. */
    void discard();
}
