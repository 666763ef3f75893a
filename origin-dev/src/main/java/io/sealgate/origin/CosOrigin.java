package io.sealgate.origin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A running stand-in for COS. Serves until closed; {@link #log}, {@link #store} and {@link #faults} may be used from any
 * thread meanwhile.
 */
public final class CosOrigin implements AutoCloseable {
    private static final int KIB = 1024;

    private final OriginOptions options;
    private final OriginLog log;
    private final ObjectStore store;
    private final EventLoopGroup loops;
    private final ExecutorService workers;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final InetSocketAddress address;

    private CosOrigin(OriginOptions options) throws IOException {
        this.options = options;
        this.log = new OriginLog(options.logRequests());
        this.store = ObjectStore.open(options.directory(), options.clock(), options.versioning());
        this.workers = Executors.newCachedThreadPool(new DefaultThreadFactory("cos-origin-worker", true));
        this.loops = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("cos-origin", true), NioIoHandler.newFactory());
        try {
            this.address = bind();
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    /** Opens the directory and binds. */
    public static CosOrigin start(OriginOptions options) throws IOException {
        return new CosOrigin(options);
    }

    public int port() {
        return address.getPort();
    }

    public InetSocketAddress address() {
        return address;
    }

    public OriginLog log() {
        return log;
    }

    public ObjectStore store() {
        return store;
    }

    public FaultScript faults() {
        return options.faults();
    }

    /** Resets every connection and waits until all threads are done. Objects stay on disk. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
        workers.shutdown();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private InetSocketAddress bind() {
        OriginService service = new OriginService(options, store);
        OriginRuntime runtime =
                new OriginRuntime(service, log, options.faults(), workers, options.clock(), options.tls() == null);
        Channel server = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 * KIB, 1024 * KIB))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                        SslContext tls = options.tls();
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(new HttpRequestDecoder(decoding()))
                                .addLast(new HttpResponseEncoder())
                                .addLast(new OriginHandler(runtime));
                    }
                })
                .bind(options.bind())
                .syncUninterruptibly()
                .channel();
        channels.add(server);
        return (InetSocketAddress) server.localAddress();
    }

    /** Heads as large as COS takes them, and bodies in pieces large enough to be worth a write each. */
    private static HttpDecoderConfig decoding() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(16 * KIB)
                .setMaxHeaderSize(64 * KIB)
                .setMaxChunkSize(64 * KIB);
    }
}
