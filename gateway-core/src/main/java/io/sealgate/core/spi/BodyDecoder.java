package io.sealgate.core.spi;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.error.GatewayError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a transfer format off a request body, so that taps and origin see the object's own bytes. Keeps no buffer from one call
 * to the next, so there is nothing to close. Confined to the exchange's event loop; one decoder serves one body.
 */
public interface BodyDecoder {

    /**
     * Decodes the next piece of the body as it was sent. Takes {@code encoded}; adds what it carries to {@code decoded}, in order and
     * owned by the caller, even if it then fails.
     *
     * @return why the body is not what it should be, or {@code null} if all is well so far. After a failure there is no further call
     */
    @Nullable
    GatewayError decode(ByteBuf encoded, List<ByteBuf> decoded);

    /**
     * The body as it was sent has ended. Called before the last decoded byte is passed on.
     *
     * @return why it is not whole, or {@code null} if it is
     */
    @Nullable
    GatewayError finish();
}
