package io.sealgate.core.upstream;

import io.netty.handler.codec.http.HttpObject;

/** Whoever currently uses an {@link UpstreamConnection}. All calls come on the connection's event loop. */
public interface UpstreamListener {

    /** The origin sent something. Takes {@code message}. */
    void received(HttpObject message);

    /** Nothing more for now: time to flush and to read on. */
    void readComplete();

    /** The connection can, or can no longer, take more without queueing. */
    void writabilityChanged(boolean writable);

    /** The connection is gone; nothing more will come. Told once, and never after {@link UpstreamConnection#release()}. */
    void closed();
}
