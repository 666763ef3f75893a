package io.sealgate.core.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** A listening socket, TCP or unix. Thread-safe; its methods block, and are not to be called on an event loop. */
final class ListenerSocket {

    private static final int BACKLOG = 1024;

    private final Channel channel;

    private ListenerSocket(Channel channel) {
        this.channel = channel;
    }

    /**
     * Begins to accept connections.
     *
     * @throws IOException naming the listener and its address if it cannot be bound
     */
    static ListenerSocket bind(ListenerScope scope, Transports transport, EventLoopGroup loops) throws IOException {
        Listener listener = scope.listener();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ReceiveBuffers(scope.load().memory()))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WaterMarks.DOWNSTREAM)
                .childHandler(new ListenerInitializer(scope));
        try {
            return listener.bind() instanceof UnixDomainSocketAddress path
                    ? unix(bootstrap, transport, path)
                    : tcp(bootstrap, transport, listener.bind());
        } catch (IOException e) {
            throw new IOException(
                    "listener " + listener.name() + ": " + listener.bind() + " cannot be bound: " + e.getMessage(), e);
        }
    }

    private static ListenerSocket tcp(ServerBootstrap bootstrap, Transports transport, SocketAddress address)
            throws IOException {
        return bind(
                bootstrap
                        .channel(transport.server())
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true),
                address);
    }

    private static ListenerSocket unix(ServerBootstrap bootstrap, Transports transport, UnixDomainSocketAddress path)
            throws IOException {
        SocketFile file = new SocketFile(path);
        file.makeRoom();
        ListenerSocket socket = bind(
                bootstrap.channel(transport.unixServer()),
                transport.unixAddress().apply(path));
        try {
            file.restrict();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static ListenerSocket bind(ServerBootstrap bootstrap, SocketAddress address) throws IOException {
        ChannelFuture binding = bootstrap.bind(address).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IOException(binding.cause().getMessage(), binding.cause());
        }
        return new ListenerSocket(binding.channel());
    }

    /** Where it is bound; of use with port 0. */
    SocketAddress address() {
        return channel.localAddress();
    }

    /** Accepts no more connections; what is accepted stays. */
    void close() {
        channel.close().awaitUninterruptibly();
    }
}
