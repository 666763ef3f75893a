package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * All connections of all listeners, to be ended together. A connection that was accepted at the last moment and comes
 * here after the others were told to end may not begin. Thread-safe.
 */
final class OpenConnections {

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private volatile boolean isDraining;

    /** Takes a new connection in, until it ends. False if it comes too late, and has to be closed. */
    boolean add(Channel channel) {
        channels.add(channel);
        return !isDraining; // not before it is in: whoever drains sets the flag and looks at the connections after that
    }

    /**
     * Tells all connections to end. Blocks; not to be called on an event loop.
     *
     * @return true if all have ended before {@code deadline}
     */
    boolean drain(Duration deadline) {
        isDraining = true;
        for (Channel channel : channels) {
            channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(DrainEvent.INSTANCE));
        }
        return channels.newCloseFuture().awaitUninterruptibly(deadline.toMillis());
    }

    /** Ends all at once, and whatever comes later. Blocks for at most a few seconds. */
    void close() {
        channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
