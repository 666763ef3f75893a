package io.sealgate.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.exchange.ReadGate;
import io.sealgate.core.exchange.ReadGate.Pause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not wanted yet stays as bytes: the codec behind a gate, as {@link ProxyHandler} has them. */
class HeldBackRequestsTest {

    private static final String GET = "GET /%s HTTP/1.1\r\nHost: a\r\n\r\n";

    private final List<String> seen = new ArrayList<>();
    private int reads;
    private int headsBegun;
    private Consumer<ReadGate> onChunk = gate -> {};
    private Consumer<ReadGate> onEnd = gate -> gate.pause(Pause.COMPLETE);
    private final GateHandler handler = new GateHandler();
    private final EmbeddedChannel channel = channel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void oneRequestIsDecodedAtATime() {
        channel.writeInbound(text(GET.formatted(1) + GET.formatted(2) + GET.formatted(3)));
        assertThat(seen).containsExactly("/1", "end");

        handler.gate.open();
        assertThat(seen).containsExactly("/1", "end", "/2", "end");

        handler.gate.open();
        assertThat(seen).containsExactly("/1", "end", "/2", "end", "/3", "end");
        assertThat(headsBegun).isEqualTo(3);
    }

    @Test
    void nothingIsReadWhileBytesAreHeldBack() {
        channel.writeInbound(text(GET.formatted(1) + GET.formatted(2)));
        reads = 0;

        handler.gate.readComplete();
        channel.pipeline().fireChannelReadComplete();
        assertThat(reads).isZero();

        handler.gate.open();
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void betweenMessagesAReadTellsWhetherTheClientLeaves() {
        channel.writeInbound(text(GET.formatted(1)));
        assertThat(reads).isPositive();
        reads = 0;

        channel.writeInbound(text("G"));

        assertThat(reads).as("a part of the next head").isZero();
        assertThat(headsBegun).isEqualTo(1);
        handler.gate.open();
        assertThat(headsBegun).isEqualTo(2);
        channel.writeInbound(text(GET.formatted(2).substring(1)));
        assertThat(seen).containsExactly("/1", "end", "/2", "end");
    }

    @Test
    void chunksStayBytesWhileTheOriginTakesNoMore() {
        onChunk = gate -> {
            if (seen.size() == 4) {
                gate.pause(Pause.PEER_UNWRITABLE);
            }
        };
        channel.writeInbound(text("PUT /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\na\r\n".repeat(10_000) + "0\r\n\r\n"));
        assertThat(seen).hasSize(4);
        onChunk = gate -> {};

        handler.gate.resume(Pause.PEER_UNWRITABLE);

        assertThat(seen).hasSize(10_002).endsWith("end");
    }

    /** As when a fast origin takes everything: tens of thousands of messages, none of them on top of another. */
    @Test
    void pausingAndResumingWithinADeliveryDoesNotRecurse() {
        onChunk = gate -> {
            gate.pause(Pause.PEER_UNWRITABLE);
            gate.resume(Pause.PEER_UNWRITABLE);
        };
        onEnd = gate -> {
            gate.pause(Pause.COMPLETE);
            gate.open();
        };

        channel.writeInbound(text("PUT /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "1\r\na\r\n".repeat(30_000) + "0\r\n\r\n" + GET.formatted(2).repeat(3000)));

        assertThat(seen).hasSize(30_002 + 6000);
    }

    /** The end of a handshake asks for a read, and may find the first request in the one that is going on. */
    @Test
    void whatWasAskedForBeforeIsHeldBackToo() {
        channel.writeInbound(text(GET.formatted(1) + GET.formatted(2)));
        channel.writeInbound(text(GET.formatted(3)));
        assertThat(seen).containsExactly("/1", "end");

        handler.gate.open();
        handler.gate.open();

        assertThat(seen).containsExactly("/1", "end", "/2", "end", "/3", "end");
    }

    /** Epoll hands over all that is left of a peer that will send no more, whether it was asked for or not. */
    @Test
    void moreThanReadsWouldBringEndsTheConnection() {
        channel.writeInbound(text(GET.formatted(1) + "x".repeat(256 * 1024)));
        channel.writeInbound(text("x".repeat(64 * 1024)));
        assertThat(channel.isOpen()).isTrue();
        ByteBuf unasked = text("x");

        channel.writeInbound(unasked);

        assertThat(channel.isOpen()).isFalse();
        assertThat(unasked.refCnt()).isZero();
        assertThat(seen).containsExactly("/1", "end");
    }

    private EmbeddedChannel channel() {
        EmbeddedChannel made = new EmbeddedChannel();
        made.config().setAutoRead(false);
        StrictHttpServerCodec codec = new StrictHttpServerCodec(new HttpDecoderConfig(), 20, () -> headsBegun++);
        handler.gate = new ReadGate(codec.requests(), handler::deliver);
        made.pipeline().addLast(new ReadCounter(), codec, handler);
        return made;
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private final class ReadCounter extends ChannelOutboundHandlerAdapter {
        @Override
        public void read(ChannelHandlerContext ctx) {
            reads++;
        }
    }

    private final class GateHandler extends ChannelInboundHandlerAdapter {

        private ReadGate gate = new ReadGate(() -> {}, ReferenceCountUtil::release);

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            gate.received((HttpObject) message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            gate.readComplete();
        }

        void deliver(HttpObject message) {
            if (message instanceof HttpRequest request) {
                seen.add(request.uri());
            }
            if (message instanceof LastHttpContent) {
                seen.add("end");
                onEnd.accept(gate);
            } else if (message instanceof HttpContent) {
                seen.add("chunk");
                onChunk.accept(gate);
            }
            ReferenceCountUtil.release(message);
        }
    }
}
