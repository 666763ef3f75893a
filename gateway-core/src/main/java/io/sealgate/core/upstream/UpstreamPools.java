package io.sealgate.core.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.sealgate.core.loop.LoopClock;
import io.sealgate.core.spi.ConnectionListener;
import java.util.HashMap;
import java.util.Map;

/** All pools of one event loop, one per origin, made when first needed. Confined to that event loop. */
public final class UpstreamPools {

    private final EventLoop loop;
    private final LoopClock clock;
    private final Bootstrap template;
    private final int shares;
    private final ConnectionListener connections;
    private final ChannelGroup channels;
    private final Map<String, UpstreamPool> pools = new HashMap<>();

    /**
     * @param clock    of {@code loop}
     * @param template knows transport and channel class; cloned, not modified
     * @param shares   how many event loops divide an origin's limits
     * @param channels every connection is in it as long as it is open
     */
    public UpstreamPools(
            EventLoop loop,
            LoopClock clock,
            Bootstrap template,
            int shares,
            ConnectionListener connections,
            ChannelGroup channels) {
        this.loop = loop;
        this.clock = clock;
        this.template = template;
        this.shares = shares;
        this.connections = connections;
        this.channels = channels;
    }

    /** The pool for {@code origin}. */
    public UpstreamPool of(Origin origin) {
        return pools.computeIfAbsent(
                origin.name(), name -> new UpstreamPool(origin, loop, clock, template, shares, connections, channels));
    }
}
