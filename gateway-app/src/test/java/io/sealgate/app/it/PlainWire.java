package io.sealgate.app.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A connection without TLS, to a port or to a unix socket. Its reads have no time limit: tests bound themselves. */
final class PlainWire implements Wire {

    private final SocketChannel channel;

    private PlainWire(SocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
    }

    static PlainWire tcp(int port) throws IOException {
        return new PlainWire(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    static PlainWire unix(Path path) throws IOException {
        return new PlainWire(UnixDomainSocketAddress.of(path));
    }

    @Override
    public InputStream in() {
        return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    @Override
    public void fin() throws IOException {
        channel.shutdownOutput();
        channel.close();
    }

    @Override
    public void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
