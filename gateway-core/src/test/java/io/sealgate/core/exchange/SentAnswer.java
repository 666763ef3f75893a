package io.sealgate.core.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.spi.TapResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes everything that a client is sent. */
final class SentAnswer implements Delivery {

    private final StringBuilder text = new StringBuilder();
    private boolean complete;

    /** All of it so far. */
    String text() {
        return text.toString();
    }

    @Override
    public @Nullable GatewayError pass(HttpContent chunk) {
        text.append(chunk.content().toString(StandardCharsets.US_ASCII));
        complete |= chunk instanceof LastHttpContent;
        chunk.release();
        return null;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public boolean hasBegun() {
        return true;
    }

    @Override
    public long received() {
        return text.length();
    }

    @Override
    public long bytes() {
        return text.length();
    }

    @Override
    public List<TapResult> results() {
        return List.of();
    }

    @Override
    public void discard() {}
}
