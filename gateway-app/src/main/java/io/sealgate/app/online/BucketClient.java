package io.sealgate.app.online;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.spi.HeadSigner;
import io.sealgate.core.upstream.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a bucket as the gateway would reach it: where it dials, with its TLS, signed with its key. One connection for
 * each question; blocks, so never to be called on an event loop. Has one thread of its own until it is closed.
 */
final class BucketClient implements AutoCloseable {

    private static final int MOST_BYTES = 1024 * 1024;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    /**
     * Asks {@code question} of the bucket of {@code origin}, which signs.
     *
     * @throws IOException if there is no answer in the origin's own time for one; the message says why
     */
    BucketAnswer ask(Origin origin, HeadSigner signer, BucketQuestion question) throws IOException {
        CompletableFuture<BucketAnswer> answer = new CompletableFuture<>();
        Channel channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        millis(origin.timeouts().connect()))
                .handler(new Pipeline(origin, request(origin, signer, question), answer))
                .connect(origin.dialHost(), origin.dialPort())
                .addListener(connecting -> {
                    if (!connecting.isSuccess()) {
                        answer.completeExceptionally(connecting.cause());
                    }
                })
                .channel();
        try {
            return await(
                    answer, origin.timeouts().connect().plus(origin.timeouts().firstByte()));
        } finally {
            channel.close();
        }
    }

    private static BucketAnswer await(CompletableFuture<BucketAnswer> answer, Duration patience) throws IOException {
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IOException(reason(e), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + patience.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static FullHttpRequest request(Origin origin, HeadSigner signer, BucketQuestion question) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/?" + question.label());
        request.headers()
                .set(HttpHeaderNames.HOST, origin.host())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        signer.sign(HttpMethod.GET, "/", List.of(new QueryParameter(question.label(), "")), request.headers());
        return request;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Pipeline extends ChannelInitializer<Channel> {

        private final Origin origin;
        private final FullHttpRequest request;
        private final CompletableFuture<BucketAnswer> answer;

        Pipeline(Origin origin, FullHttpRequest request, CompletableFuture<BucketAnswer> answer) {
            this.origin = origin;
            this.request = request;
            this.answer = answer;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (origin.security() != null) {
                origin.security()
                        .secure(channel.pipeline(), origin.dialHost(), origin.dialPort())
                        .setHandshakeTimeoutMillis(origin.timeouts().connect().toMillis());
            }
            channel.pipeline()
                    .addLast(
                            new HttpClientCodec(),
                            new HttpObjectAggregator(MOST_BYTES),
                            new OneAnswerHandler(request, answer));
        }
    }

    /** Sends the one request and keeps what comes of it. */
    private static final class OneAnswerHandler extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final FullHttpRequest request;
        private final CompletableFuture<BucketAnswer> answer;

        OneAnswerHandler(FullHttpRequest request, CompletableFuture<BucketAnswer> answer) {
            this.request = request;
            this.answer = answer;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.writeAndFlush(request); // TLS keeps it until hands are shaken
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
            answer.complete(new BucketAnswer(
                    response.status().code(), response.content().toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            answer.completeExceptionally(new IOException("connection closed without an answer"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            answer.completeExceptionally(cause);
            ctx.close();
        }
    }
}
