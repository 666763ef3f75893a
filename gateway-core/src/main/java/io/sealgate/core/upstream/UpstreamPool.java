package io.sealgate.core.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.sealgate.core.error.ErrorMapper;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.loop.LoopClock;
import io.sealgate.core.spi.ConnectionListener;
import io.sealgate.core.spi.UpstreamRefusal;
import io.sealgate.core.spi.UpstreamSecurity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one event loop to one origin. The most recently used is lent first, so that those not needed grow old and are
 * closed. Requests beyond the limit, or beyond their client's share of it, wait in order; beyond {@code pending} they are
 * refused. Confined to its event loop.
 */
public final class UpstreamPool {

    private final Origin origin;
    private final EventLoop loop;
    private final LoopClock clock;
    private final Bootstrap bootstrap;
    private final ConnectionListener connections;
    private final ChannelGroup channels;
    private final int maxConnections;
    private final ClientShares clients;
    private final WaitingLine line;
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private int open;
    private boolean sweeping;

    private record Idle(UpstreamConnection connection, long sinceNanos) {}

    /**
     * @param clock     of {@code loop}
     * @param template  knows transport and channel class
     * @param shares    how many event loops divide the origin's limits
     * @param channels  every connection is in it as long as it is open
     */
    UpstreamPool(
            Origin origin,
            EventLoop loop,
            LoopClock clock,
            Bootstrap template,
            int shares,
            ConnectionListener connections,
            ChannelGroup channels) {
        this.origin = origin;
        this.loop = loop;
        this.clock = clock;
        this.connections = connections;
        this.channels = channels;
        maxConnections = Math.max(1, origin.pool().connections() / shares);
        int places = Math.max(1, origin.pool().pending() / shares);
        clients = new ClientShares(origin.pool(), maxConnections, places);
        line = new WaitingLine(places, clients);
        bootstrap = template.clone(loop)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(origin.timeouts().connect().toMillis()))
                // an origin that answered and closed makes writes fail before its answer has been read
                .option(ChannelOption.AUTO_CLOSE, false)
                .handler(new UpstreamInitializer(origin))
                .remoteAddress(origin.dialHost(), origin.dialPort());
    }

    /**
     * Asks for a connection. {@code lease} is answered exactly once, possibly before this returns, unless it is cancelled.
     */
    public void acquire(UpstreamLease lease) {
        boolean served = clients.mayConnect(lease.client()) && serve(lease);
        if (!served && !line.join(lease)) {
            lease.failed(new GatewayError.Overloaded("Too many requests are waiting for the storage service"));
        }
    }

    /** The same after {@code pause}, unless the lease is cancelled by then. */
    public void acquireLater(UpstreamLease lease, Duration pause) {
        loop.schedule(() -> acquireUnlessCancelled(lease), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void acquireUnlessCancelled(UpstreamLease lease) {
        if (!lease.isCancelled()) {
            acquire(lease);
        }
    }

    /** Lends an idle connection or opens another. False if there is neither. */
    private boolean serve(UpstreamLease lease) {
        UpstreamConnection connection = pollIdle();
        if (connection != null) {
            lend(connection, lease);
            return true;
        }
        if (open < maxConnections) {
            connect(lease);
            return true;
        }
        return false;
    }

    private static void lend(UpstreamConnection connection, UpstreamLease lease) {
        connection.tenancy().begin(lease.client());
        lease.connected(connection);
    }

    /** The same, but never a connection that was used before: for a second try after such a one turned out to be dead. */
    public void acquireFresh(UpstreamLease lease) {
        if (clients.mayConnect(lease.client()) && open < maxConnections) {
            connect(lease);
        } else {
            acquire(lease);
        }
    }

    /**
     * Takes a connection back. It is lent again only when the current read is over: what else that read brings is an answer
     * that nobody asked for, closes the connection, and must not reach the next in line.
     */
    void release(UpstreamConnection connection) {
        loop.execute(() -> lendOrKeep(connection));
    }

    private void lendOrKeep(UpstreamConnection connection) {
        Channel channel = connection.channel();
        if (!connection.isLendable()) {
            channel.close();
            return;
        }
        connection.tenancy().end();
        UpstreamLease next = line.next();
        if (next != null) {
            lend(connection, next);
            return;
        }
        idle.push(new Idle(connection, clock.nanoTime()));
        channel.read(); // so that the origin's closing is noticed
        sweepLater();
    }

    private @Nullable UpstreamConnection pollIdle() {
        Idle candidate;
        while ((candidate = idle.poll()) != null) {
            if (candidate.connection().isLendable()) {
                return candidate.connection();
            }
        }
        return null;
    }

    private void connect(UpstreamLease lease) {
        open++;
        long startedNanos = System.nanoTime();
        ClientShares.Tenancy tenancy = clients.new Tenancy();
        tenancy.begin(lease.client());
        ChannelFuture connecting = bootstrap.connect();
        channels.add(connecting.channel());
        connecting.channel().closeFuture().addListener(closed -> connectionEnded(tenancy));
        connecting.addListener((ChannelFuture future) -> {
            if (!future.isSuccess()) {
                failed(lease, future.cause());
                return;
            }
            connections.upstreamOpened(origin.name());
            future.channel().closeFuture().addListener(closed -> connections.upstreamClosed(origin.name()));
            SslHandler tls = future.channel().pipeline().get(SslHandler.class);
            if (tls == null) {
                connected(lease, future.channel(), tenancy);
            } else {
                shakeHands(lease, future.channel(), tls, startedNanos, tenancy);
            }
        });
    }

    /** TCP and TLS share the time for connecting. The handshake, and with it its timeout, begins only after this. */
    private void shakeHands(
            UpstreamLease lease, Channel channel, SslHandler tls, long startedNanos, ClientShares.Tenancy tenancy) {
        long left = origin.timeouts().connect().toNanos() - (System.nanoTime() - startedNanos);
        tls.setHandshakeTimeout(Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)), TimeUnit.NANOSECONDS);
        tls.handshakeFuture().addListener(handshake -> {
            if (handshake.isSuccess()) {
                connected(lease, channel, tenancy);
            } else {
                channel.close();
                failed(lease, handshake.cause());
            }
        });
    }

    private void connected(UpstreamLease lease, Channel channel, ClientShares.Tenancy tenancy) {
        StrictHttpClientCodec codec = channel.pipeline().get(StrictHttpClientCodec.class);
        UpstreamHandler handler = channel.pipeline().get(UpstreamHandler.class);
        // with TLS 1.3 the origin judges the gateway's certificate only now
        handler.onFailure(this::tellIfRefused);
        UpstreamConnection connection = new UpstreamConnection(this, channel, codec, handler, tenancy);
        if (lease.isCancelled()) {
            connection.release();
        } else {
            lease.connected(connection);
        }
    }

    private void failed(UpstreamLease lease, Throwable cause) {
        boolean isRefused = tellIfRefused(cause);
        if (!isRefused) {
            connections.upstreamFailed(origin.name(), ErrorMapper.reasonWhileConnecting(cause), cause);
        }
        if (!lease.isCancelled()) {
            lease.failed(isRefused ? ErrorMapper.refused() : ErrorMapper.whileConnecting(cause));
        }
    }

    /** Whether the origin refuses the gateway's certificate. */
    private boolean tellIfRefused(Throwable cause) {
        UpstreamSecurity security = origin.security();
        UpstreamRefusal refusal = security == null ? null : security.refusal(cause);
        if (refusal != null) {
            connections.upstreamRefused(origin.name(), refusal);
        }
        return refusal != null;
    }

    /** A place is free, and perhaps a client has its share no more: the first in line who may is served. */
    private void connectionEnded(ClientShares.Tenancy tenancy) {
        open--;
        tenancy.end();
        UpstreamLease next = line.next();
        if (next != null) {
            serve(next);
        }
    }

    /** One timer for the whole pool, running only while there is something to watch. */
    private void sweepLater() {
        if (!sweeping && !idle.isEmpty()) {
            sweeping = true;
            long nanos = origin.pool().idleTimeout().toNanos();
            loop.schedule(this::sweep, Math.max(nanos / 4, TimeUnit.MILLISECONDS.toNanos(10)), TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long oldest = System.nanoTime() - origin.pool().idleTimeout().toNanos();
        while (!idle.isEmpty() && (idle.peekLast().sinceNanos() - oldest <= 0 || !isActive(idle.peekLast()))) {
            idle.removeLast().connection().channel().close();
        }
        sweepLater();
    }

    private static boolean isActive(Idle entry) {
        return entry.connection().channel().isActive();
    }
}
