package io.sealgate.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSession;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** A client with BoringSSL, which knows groups that the JDK does not. */
final class BoringClient {

    private final SslContext context;

    private BoringClient(SslContext context) {
        this.context = context;
    }

    /** Of one use. */
    static BoringClient of(Issued root, Issued identity, List<String> groups) throws SSLException {
        return new BoringClient(SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .trustManager(root.certificate())
                .keyManager(identity.key(), identity.chainArray())
                .endpointIdentificationAlgorithm(null)
                .option(OpenSslContextOption.GROUPS, groups.toArray(String[]::new))
                .build());
    }

    /** Shakes hands and says which group that was done with. */
    String group(int port) throws Exception {
        MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel channel = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel connecting) {
                            connecting.pipeline().addLast(context.newHandler(connecting.alloc()));
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), port)
                    .sync()
                    .channel();
            SslHandler handler = channel.pipeline().get(SslHandler.class);
            handler.handshakeFuture().sync();
            String group = ((OpenSslSession) handler.engine().getSession()).getNamedGroup();
            channel.close().sync();
            return group;
        } finally {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
            ReferenceCountUtil.release(context);
        }
    }
}
