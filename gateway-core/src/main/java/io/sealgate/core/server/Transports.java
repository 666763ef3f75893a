package io.sealgate.core.server;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.Function;

/**
 * The operating system's interface to sockets. Epoll is preferred: it reports a client's reset even while the client is not
 * being read, which NIO does not.
 *
 * @param name     for {@code version} and logs
 * @param handlers drive the event loops
 * @param server   channel class for listening
 * @param unixServer  channel class for listening on unix sockets
 * @param unixAddress what that class is bound to
 * @param client   channel class for connecting
 * @param datagram channel class for name resolution
 */
public record Transports(
        String name,
        IoHandlerFactory handlers,
        Class<? extends ServerChannel> server,
        Class<? extends ServerChannel> unixServer,
        Function<UnixDomainSocketAddress, SocketAddress> unixAddress,
        Class<? extends Channel> client,
        Class<? extends DatagramChannel> datagram) {

    /** What the configuration asks for. */
    public enum Choice {
        AUTO,
        EPOLL,
        NIO
    }

    /**
     * Finds the transport.
     *
     * @throws IllegalArgumentException if epoll is demanded and not there
     */
    public static Transports select(Choice choice) {
        boolean epoll = choice != Choice.NIO && Epoll.isAvailable();
        if (choice == Choice.EPOLL && !epoll) {
            throw new IllegalArgumentException("transport: epoll (expected: nio or auto, epoll is not available here)");
        }
        return epoll
                ? new Transports(
                        "epoll",
                        EpollIoHandler.newFactory(),
                        EpollServerSocketChannel.class,
                        EpollServerDomainSocketChannel.class,
                        path -> new DomainSocketAddress(path.getPath().toFile()),
                        EpollSocketChannel.class,
                        EpollDatagramChannel.class)
                : new Transports(
                        "nio",
                        NioIoHandler.newFactory(),
                        NioServerSocketChannel.class,
                        NioServerDomainSocketChannel.class,
                        path -> path,
                        NioSocketChannel.class,
                        NioDatagramChannel.class);
    }
}
