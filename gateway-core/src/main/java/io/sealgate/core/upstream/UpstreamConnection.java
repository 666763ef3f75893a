package io.sealgate.core.upstream;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpObject;

/**
 * A connection to an origin, lent to one exchange at a time. Confined to its event loop, which is also the exchange's: both
 * legs on one loop is what makes backpressure correct.
 */
public final class UpstreamConnection {

    private final UpstreamPool pool;
    private final Channel channel;
    private final StrictHttpClientCodec codec;
    private final UpstreamHandler handler;
    private final ClientShares.Tenancy tenancy;
    private boolean used;

    UpstreamConnection(
            UpstreamPool pool,
            Channel channel,
            StrictHttpClientCodec codec,
            UpstreamHandler handler,
            ClientShares.Tenancy tenancy) {
        this.pool = pool;
        this.channel = channel;
        this.codec = codec;
        this.handler = handler;
        this.tenancy = tenancy;
    }

    /** Whose it is just now. */
    ClientShares.Tenancy tenancy() {
        return tenancy;
    }

    /** Whether it can be lent: open, and between two requests. One that is out of step may stay open until TLS has said farewell. */
    boolean isLendable() {
        return channel.isActive() && codec.isInStep();
    }

    /** Whether it served another exchange before: if it dies before any response byte, the origin may just have closed an idle connection. */
    public boolean isReused() {
        return used;
    }

    /** The underlying channel, for reading and for asking about writability. */
    public Channel channel() {
        return channel;
    }

    /** Everything that happens is told to {@code listener} from now on. */
    public void attach(UpstreamListener listener) {
        handler.attach(listener);
    }

    /**
     * Queues {@code message} for sending. Takes it. A failed write ends only the sending direction: the origin may have
     * answered before it stopped listening, and that answer is still to be read.
     */
    public void write(HttpObject message) {
        channel.write(message, channel.voidPromise());
    }

    /** Sends what is queued. */
    public void flush() {
        channel.flush();
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Back to the pool. Only after request and response were both complete and the origin wants to go on. */
    public void release() {
        handler.detach();
        used = true;
        pool.release(this);
    }

    /** Closes at once; what was not sent is not sent. The listener hears nothing any more. */
    public void close() {
        handler.detach();
        channel.close();
    }
}
