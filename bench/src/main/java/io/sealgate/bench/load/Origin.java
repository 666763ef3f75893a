package io.sealgate.bench.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The one origin behind every peer: plain HTTP on loopback, files by {@code sendfile}, uploads counted and discarded,
 * and on every answer the true ETag and CRC64, so that a gateway which verifies has something to verify against.
 */
public final class Origin implements AutoCloseable {
    private static final int CHUNK = 256 << 10;

    private final EventLoopGroup loop;
    private final Channel server;

    private Origin(EventLoopGroup loop, Channel server) {
        this.loop = loop;
        this.server = server;
    }

    /** Serves the objects, whose bytes it first writes below {@code directory}. */
    public static Origin start(Path directory, List<BenchObject> objects) throws IOException {
        Map<String, StoredObject> stored = new HashMap<>();
        for (BenchObject object : objects) {
            stored.put(object.path(), StoredObject.store(directory, object));
        }
        Map<String, StoredObject> served = Map.copyOf(stored);
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Channel server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.config()
                                .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(1024, 64 << 10, CHUNK));
                        channel.pipeline().addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxChunkSize(CHUNK)));
                        channel.pipeline().addLast(new OriginHandler(served));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return new Origin(loop, server);
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
