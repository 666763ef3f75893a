package io.sealgate.core.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sealgate.core.exchange.ExchangeServices;
import io.sealgate.core.loop.FlushBatch;
import io.sealgate.core.loop.LoopClock;
import io.sealgate.core.request.RequestHeadParser;
import io.sealgate.core.rewrite.ExpiryNotice;
import io.sealgate.core.upstream.UpstreamPools;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running gateway: event loops, listening sockets, and the pools towards the origins. Started whole or not at all; ended by
 * {@link #drain} and {@link #close()}. Thread-safe.
 */
public final class GatewayServer implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup loops;
    private final DnsAddressResolverGroup resolver;
    private final OpenConnections open = new OpenConnections();
    private final ChannelGroup upstream = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Map<String, ListenerSocket> bound = new LinkedHashMap<>();
    private final Map<String, LiveConnections> live = new LinkedHashMap<>();

    private GatewayServer(MultiThreadIoEventLoopGroup loops, DnsAddressResolverGroup resolver) {
        this.loops = loops;
        this.resolver = resolver;
    }

    /**
     * Binds every listener, or none.
     *
     * @throws IOException naming the listener and its address if one cannot be bound
     */
    public static GatewayServer start(GatewayOptions options) throws IOException {
        Transports transport = Transports.select(options.transport());
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("sealgate"), transport.handlers());
        DnsAddressResolverGroup resolver =
                new DnsAddressResolverGroup(new DnsNameResolverBuilder().datagramChannelType(transport.datagram()));
        GatewayServer server = new GatewayServer(loops, resolver);
        try {
            Map<EventLoop, LoopScope> scopes = server.scopes(options, transport);
            for (Listener listener : options.listeners()) {
                server.bind(listener, options, transport, scopes);
            }
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private Map<EventLoop, LoopScope> scopes(GatewayOptions options, Transports transport) {
        Bootstrap template = new Bootstrap()
                .channel(transport.client())
                .resolver(resolver)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ReceiveBuffers(options.load().memory()))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WaterMarks.UPSTREAM);
        Map<EventLoop, LoopScope> scopes = new HashMap<>();
        int shares = loops.executorCount();
        for (EventExecutor executor : loops) {
            EventLoop loop = (EventLoop) executor;
            LoopClock clock = new LoopClock(loop);
            UpstreamPools pools = new UpstreamPools(loop, clock, template, shares, options.connections(), upstream);
            scopes.put(loop, new LoopScope(pools, new FlushBatch(loop), clock));
        }
        return scopes;
    }

    private void bind(Listener listener, GatewayOptions options, Transports transport, Map<EventLoop, LoopScope> scopes)
            throws IOException {
        Map<EventLoop, ExchangeServices> services = new HashMap<>();
        ExpiryNotice notice = ExpiryNotice.of(listener.notice(), options.clock());
        scopes.forEach((loop, its) -> services.put(
                loop,
                new ExchangeServices(
                        options.planner(),
                        options.taps(),
                        its.pools(),
                        options.exchanges(),
                        listener.limits(),
                        options.load(),
                        notice,
                        its.flushes(),
                        its.clock())));
        LiveConnections clients =
                new LiveConnections(listener.name(), listener.ending(), options.connections(), options.clock());
        live.put(listener.name(), clients);
        loops.next().scheduleWithFixedDelay(clients::endExpired, 1, 1, TimeUnit.SECONDS);
        ListenerScope scope = new ListenerScope(
                listener,
                services::get,
                options.connections(),
                options.load(),
                new RequestHeadParser(listener.limits(), listener.security() != null),
                clients,
                open,
                new ConnectionTable(
                        listener.name(), listener.limits().connections(), options.connections(), System::nanoTime));
        bound.put(listener.name(), ListenerSocket.bind(scope, transport, loops));
    }

    /** Where a listener is bound that is not on a unix socket; of use with port 0. */
    public InetSocketAddress address(String listener) {
        ListenerSocket socket = bound.get(listener);
        if (socket == null) {
            throw new IllegalArgumentException("listener: " + listener + " (expected: one of " + bound.keySet() + ")");
        }
        return (InetSocketAddress) socket.address();
    }

    /**
     * Judges the clients of a listener again, because whom it trusts has changed, and ends the connections of those that may not stay.
     * Blocks for some microseconds a client; not to be called on an event loop.
     */
    public void review(String listener) {
        LiveConnections clients = live.get(listener);
        if (clients != null) {
            clients.review();
        }
    }

    /** The same for the clients on whose path a CA has ended meanwhile. To be called at intervals, on one thread. */
    public void reviewDue(String listener) {
        LiveConnections clients = live.get(listener);
        if (clients != null) {
            clients.reviewDue();
        }
    }

    /**
     * Stops accepting and lets running exchanges finish: HTTP/2 clients are sent GOAWAY, HTTP/1.1 clients
     * {@code Connection: close}. Blocks; not to be called on an event loop.
     *
     * @return true if every connection ended by itself before {@code deadline}
     */
    public boolean drain(Duration deadline) {
        bound.values().forEach(ListenerSocket::close);
        return open.drain(deadline);
    }

    /** Ends at once whatever is still open. Blocks for at most a few seconds. */
    @Override
    public void close() {
        bound.values().forEach(ListenerSocket::close);
        open.close();
        // event loops that end under a TLS connection do not release what it has allocated natively
        upstream.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        resolver.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
