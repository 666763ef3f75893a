package io.sealgate.tls.fetch;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.spi.RevocationListener.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One fetch: name, addresses, connection, request, response. Confined to the event loop for fetches. */
final class Fetch {

    private final Door door;
    private final ClientKey owner;
    private final FetchTarget target;
    private final @Nullable Body body;
    private final EventLoop loop;
    private final CompletableFuture<Fetched> result = new CompletableFuture<>();
    private @Nullable Channel channel;

    /** What is sent along. */
    record Body(String contentType, ByteBuffer bytes) {}

    /**
     * @param owner whose share of the look-ups it takes
     * @param body  null for nothing, which is a GET
     */
    Fetch(Door door, ClientKey owner, FetchTarget target, @Nullable Body body) {
        this.door = door;
        this.owner = owner;
        this.target = target;
        this.body = body;
        this.loop = door.threads().loop();
    }

    CompletableFuture<Fetched> result() {
        return result;
    }

    /** Begins, and returns at once. */
    void start() {
        try {
            Future<?> end = loop.schedule(
                    () -> fail(Outcome.TIMEOUT, "nothing whole within the time (expected: sooner)"),
                    door.config().timeout().toMillis(),
                    TimeUnit.MILLISECONDS);
            result.whenComplete((fetched, failure) -> end.cancel(false));
            door.threads()
                    .lookUps()
                    .find(owner, door.resolver(), target.host())
                    .whenComplete((addresses, failure) -> onLoop(() -> found(addresses, failure)));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(failure(Outcome.BUSY, "no thread is free (expected: one)"));
        }
    }

    private void found(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
        if (addresses == null) {
            boolean isBusy = failure instanceof RejectedExecutionException;
            fail(
                    isBusy ? Outcome.BUSY : Outcome.UNREACHABLE,
                    isBusy ? "no thread is free (expected: one)" : "name not found (expected: one that is)");
            return;
        }
        try {
            for (InetAddress address : addresses) {
                door.addresses().check(address);
            }
            connect(addresses.get(0));
        } catch (FetchException e) {
            fail(e.outcome(), String.valueOf(e.getMessage()));
        }
    }

    private void onLoop(Runnable step) {
        try {
            loop.execute(step);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    failure(Outcome.UNREACHABLE, "not fetched (expected: before the gateway ends)"));
        }
    }

    /** To the address that was checked: a second look-up of the name could lead elsewhere. */
    private void connect(InetAddress address) {
        if (result.isDone()) {
            return;
        }
        ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        door.config().timeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        if (target.secure()) {
                            door.secure(opened.pipeline(), target);
                        }
                        opened.pipeline()
                                .addLast(new HttpClientCodec(new HttpDecoderConfig(), false, false))
                                .addLast(new AnswerHandler(
                                        Fetch.this, door.config().maxSize().bytes()));
                    }
                })
                .connect(new InetSocketAddress(address, target.port()));
        channel = connected.channel();
        connected.addListener(done -> {
            if (!done.isSuccess()) {
                fail(Outcome.UNREACHABLE, "no connection to " + address.getHostAddress() + ": " + root(done.cause()));
            }
        });
    }

    FullHttpRequest request() {
        Body sent = body;
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                sent == null ? HttpMethod.GET : HttpMethod.POST,
                target.path(),
                sent == null
                        ? Unpooled.EMPTY_BUFFER
                        : Unpooled.wrappedBuffer(sent.bytes().duplicate()));
        if (sent != null) {
            request.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, sent.contentType())
                    .set(HttpHeaderNames.CONTENT_LENGTH, sent.bytes().remaining());
        }
        request.headers()
                .set(HttpHeaderNames.HOST, target.isOnDefaultPort() ? hostHeader() : target.authority())
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.USER_AGENT, "sealgate")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return request;
    }

    private String hostHeader() {
        String authority = target.authority();
        return authority.substring(0, authority.lastIndexOf(':'));
    }

    void succeed(List<byte[]> pieces) {
        result.complete(new Fetched(pieces));
        close();
    }

    void fail(Outcome outcome, String problem) {
        result.completeExceptionally(failure(outcome, problem));
        close();
    }

    FetchException failure(Outcome outcome, String problem) {
        return new FetchException(outcome, target + ": " + problem);
    }

    private void close() {
        if (channel != null) {
            channel.close();
        }
    }

    static String root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return FetchTarget.printable(root.toString().replace(' ', '_')).replace('_', ' ');
    }
}
