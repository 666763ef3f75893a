package io.sealgate.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The load: calls over mutual TLS from one event loop, each answer checked. Every method blocks until its whole load is
 * answered and throws at the first wrong answer; call them from one thread, never from an event loop.
 */
public final class LoadClient implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final int CHUNK = 256 << 10;

    private final ClientTls tls;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Bootstrap bootstrap = new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(CHUNK, 4 * CHUNK));

    public LoadClient(ClientTls tls) {
        this.tls = tls;
    }

    /** One call on one new connection. */
    public void once(Target target, Call call) throws IOException {
        persistent(target, call, 1, 1);
    }

    /** {@code total} calls shared by {@code connections} connections that stay open. */
    public void persistent(Target target, Call call, int connections, int total) throws IOException {
        Supplier<@Nullable Call> shared = countdown(call, total);
        Tally tally = new Tally(connections);
        for (int i = 0; i < connections; i++) {
            converse(target, shared, tally);
        }
        tally.await(DEADLINE);
    }

    /** {@code total} new connections with one call each, at most {@code parallel} at a time. */
    public void reconnecting(Target target, Call call, int parallel, int total) throws IOException {
        Supplier<@Nullable Call> shared = countdown(call, total);
        Tally tally = new Tally(parallel);
        loop.execute(() -> {
            for (int i = 0; i < parallel; i++) {
                reconnect(target, shared, tally);
            }
        });
        tally.await(DEADLINE);
    }

    private void reconnect(Target target, Supplier<@Nullable Call> shared, Tally tally) {
        Call call = tally.hasFailed() ? null : shared.get();
        if (call == null) {
            tally.succeeded();
            return;
        }
        converse(target, countdown(call, 1), new Outcome() {
            @Override
            public void succeeded() {
                reconnect(target, shared, tally);
            }

            @Override
            public void failed(Throwable cause) {
                tally.failed(cause);
            }
        });
    }

    /** Shared without a lock: the client has one event loop, and everything that asks runs on it. */
    private static Supplier<@Nullable Call> countdown(Call call, int total) {
        int[] left = {total};
        return () -> left[0]-- > 0 ? call : null;
    }

    private void converse(Target target, Supplier<@Nullable Call> calls, Outcome outcome) {
        Conversation conversation = new Conversation(calls, outcome);
        bootstrap
                .clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        assemble(channel, target, conversation, outcome);
                    }
                })
                .connect(target.address())
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        outcome.failed(connected.cause());
                    } else if (!target.tls()) {
                        conversation.start(connected.channel());
                    }
                });
    }

    private void assemble(Channel channel, Target target, Conversation conversation, Outcome outcome) {
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(1024, 64 << 10, CHUNK));
        if (target.tls()) {
            SslHandler handler = tls.newHandler(channel, target.port());
            channel.pipeline().addLast(handler);
            handler.handshakeFuture().addListener(handshake -> {
                if (handshake.isSuccess()) {
                    startVerified(channel, handler, conversation);
                } else {
                    outcome.failed(handshake.cause());
                }
            });
        }
        channel.pipeline().addLast(new HttpClientCodec(new HttpDecoderConfig().setMaxChunkSize(CHUNK), false, false));
        channel.pipeline().addLast(conversation);
    }

    private static void startVerified(Channel channel, SslHandler handler, Conversation conversation) {
        try {
            ClientTls.requireFullHandshake(handler);
            conversation.start(channel);
        } catch (IOException e) {
            channel.pipeline().fireExceptionCaught(e);
        }
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
