package io.sealgate.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.core.spi.TransportSecurity;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server on loopback that sends back what it gets and remembers how every handshake ended. Does not own the security. */
final class EchoServer implements AutoCloseable {

    /** How a handshake ended. */
    private sealed interface Outcome {}

    /** It succeeded; {@code protocol} is what ALPN agreed on, if anything. */
    record Success(
            ClientIdentity identity,
            ConnectionContext.Tls tls,
            @Nullable String protocol,
            boolean resumed) implements Outcome {}

    private record Failure(HandshakeRefusal refusal) implements Outcome {}

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Semaphore accepted = new Semaphore(0);
    private final ChannelGroup children = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final TransportSecurity security;
    private final Channel channel;

    private EchoServer(TransportSecurity security) {
        this.security = security;
        this.channel = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel child) {
                        children.add(child);
                        SslHandler handler = security.newHandler(child.alloc());
                        ChannelHandler guard = security.newGuard();
                        if (guard != null) {
                            child.pipeline().addLast(guard);
                        }
                        child.pipeline().addLast(handler, new Echo(handler));
                        accepted.release();
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    static EchoServer start(TransportSecurity security) {
        return new EchoServer(security);
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** What the event loop has used of a processor. */
    long loopCpuNanos() throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return loops.submit(threads::getCurrentThreadCpuTime).get();
    }

    /** The next handshake, which has to succeed. */
    Success success() throws InterruptedException {
        Outcome outcome = next();
        if (outcome instanceof Success success) {
            return success;
        }
        throw new AssertionError("handshake: " + outcome + " (expected: success)");
    }

    /** Why the next handshake, which has to fail, did. */
    HandshakeRefusal refusal() throws InterruptedException {
        Outcome outcome = next();
        if (outcome instanceof Failure failure) {
            return failure.refusal();
        }
        throw new AssertionError("handshake: " + outcome + " (expected: failure)");
    }

    /** How the next handshake ends: {@code identified}, {@code anonymous}, or the reason of its refusal. */
    String outcome() throws InterruptedException {
        Outcome outcome = next();
        if (outcome instanceof Success success) {
            return success.identity() instanceof ClientIdentity.Anonymous ? "anonymous" : "identified";
        }
        return ((Failure) outcome).refusal().label();
    }

    /** Waits until the server has taken a connection that was not waited for yet. */
    void awaitConnection() throws InterruptedException {
        if (!accepted.tryAcquire(20, TimeUnit.SECONDS)) {
            throw new AssertionError("connection: none within 20s (expected: one)");
        }
    }

    private Outcome next() throws InterruptedException {
        Outcome outcome = outcomes.poll(20, TimeUnit.SECONDS);
        if (outcome == null) {
            throw new AssertionError("handshake: none within 20s (expected: one)");
        }
        return outcome;
    }

    /** Waits until the server and its connections are gone, so that a leak shows in this test. */
    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        // Before the loops: a loop that is told to stop does not run what a closing pipeline still has to do.
        children.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails shows at the client
    private final class Echo extends ChannelInboundHandlerAdapter {

        private final SslHandler handler;
        private boolean settled;

        Echo(SslHandler handler) {
            this.handler = handler;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent completion && !settled) {
                settled = true;
                outcomes.add(completion.isSuccess() ? success() : new Failure(security.classify(completion.cause())));
            }
        }

        private Success success() {
            long ssl = ((ReferenceCountedOpenSslEngine) handler.engine()).sslPointer();
            return new Success(
                    security.identify(handler),
                    security.describe(handler),
                    handler.applicationProtocol(),
                    SSL.isSessionReused(ssl));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!settled) {
                settled = true;
                outcomes.add(new Failure(security.classify(cause)));
            }
            ctx.close();
        }
    }
}
