package io.sealgate.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2UnknownFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2WindowUpdateFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamObjectCodecTest {

    private final StreamObjectCodec codec = new StreamObjectCodec();
    private final EmbeddedChannel stream = new EmbeddedChannel(codec);

    @AfterEach
    void close() {
        stream.finishAndReleaseAll();
    }

    @Test
    void creditGoesBackOnlyWhenMoreIsWantedAndPaddingWithIt() {
        stream.writeInbound(data(1000, 0), data(10, 200));
        assertThat(stream.outboundMessages()).isEmpty();

        codec.resume();
        codec.resume();

        Http2WindowUpdateFrame credit = stream.readOutbound();
        assertThat(credit.windowSizeIncrement()).isEqualTo(1210);
        assertThat(stream.outboundMessages()).isEmpty();
    }

    @Test
    void watchingForTheClientToLeaveGivesNoCredit() {
        stream.writeInbound(data(1000, 0));

        codec.watch();
        codec.pause();

        assertThat(stream.outboundMessages()).isEmpty();
    }

    @Test
    void everyFrameIsHandedOnAtOnce() {
        stream.writeInbound(data(1, 0), data(1, 0));
        stream.writeInbound(new DefaultHttp2UnknownFrame((byte) 0x42, new Http2Flags(), bytes(5)));

        assertThat(stream.inboundMessages()).hasSize(3);
        HttpContent first = stream.readInbound();
        assertThat(first.content().readableBytes()).isEqualTo(1);
        first.release();
    }

    /** Netty takes a head without a method for trailers, and the stream would stay open for ever without an answer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeadWithoutAMethodIsMalformed(boolean endStream) {
        stream.writeInbound(new DefaultHttp2HeadersFrame(
                new DefaultHttp2Headers().path("/k").scheme("https").authority("a"), endStream));

        Http2ResetFrame reset = stream.readOutbound();
        assertThat(reset.errorCode()).isEqualTo(Http2Error.PROTOCOL_ERROR.code());
        assertThat(stream.inboundMessages()).isEmpty();
        assertThat(stream.isActive()).isFalse();
    }

    @Test
    void trailersAreTheEndOfABody() {
        stream.writeInbound(new DefaultHttp2HeadersFrame(
                new DefaultHttp2Headers().method("PUT").path("/k").scheme("https"), false));
        stream.writeInbound(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().add("x-a", "b"), true));

        assertThat(stream.inboundMessages()).hasSize(2);
        assertThat(stream.outboundMessages()).isEmpty();
    }

    private static DefaultHttp2DataFrame data(int size, int padding) {
        return new DefaultHttp2DataFrame(bytes(size), false, padding);
    }

    private static ByteBuf bytes(int size) {
        return ByteBufAllocator.DEFAULT.buffer(size).writeZero(size);
    }
}
