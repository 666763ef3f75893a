package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.sealgate.core.exchange.ExchangeServices;
import io.sealgate.core.load.ProcessLoad;
import io.sealgate.core.request.RequestHeadParser;
import io.sealgate.core.spi.ConnectionListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What the connections of one listener have in common. Thread-safe.
 *
 * @param listener    its configuration
 * @param services    what exchanges work with, by event loop
 * @param connections learns of connections
 * @param load        what the process carries
 * @param parser      judges heads by the listener's limits
 * @param live        those whose clients have a certificate
 * @param open        all open connections, for draining
 * @param count       how many there are
 */
record ListenerScope(
        Listener listener,
        Function<EventLoop, ExchangeServices> services,
        ConnectionListener connections,
        ProcessLoad load,
        RequestHeadParser parser,
        LiveConnections live,
        ChannelGroup open,
        AtomicInteger count) {

    /** Counts a new connection in. False if there is no room for it. */
    boolean admit(Channel channel) {
        if (count.incrementAndGet() > listener.limits().connections()) {
            count.decrementAndGet();
            connections.turnedAway(listener.name());
            return false;
        }
        connections.opened(listener.name());
        channel.closeFuture().addListener(closed -> {
            count.decrementAndGet();
            connections.closed(listener.name());
        });
        open.add(channel);
        return true;
    }
}
