package io.sealgate.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictHttpServerCodecTest {

    private static final int MAX_FIELDS = 20;

    private final AtomicInteger headsBegun = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n\tfolded\r\n\r\n",
                "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",
                " GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u000BHTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\rHTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\n\r\n",
                "PUT / HTTP/1.0\r\nHost: a\r\nContent-Length: 3\r\nCONTENT-LENGTH: 4\r\n\r\n",
                "PUT / HTTP/1.0\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n",
                "GET / http/1.1\r\nHost: a\r\n\r\n",
                "GET / Http/1.0\r\nHost: a\r\n\r\n",
                "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n"
            })
    void whatTheCodecWouldMendIsRefused(String head) {
        assertThat(failures(List.of(head))).as("whole").isPositive();
        assertThat(failures(head.chars().mapToObj(c -> String.valueOf((char) c)).toList()))
                .as("byte by byte")
                .isPositive();
    }

    @Test
    void properRequestsPassWholeAndByteByByteAndPipelined() {
        String request = "PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n\r\n folded";
        String twice = "\r\n" + request + request;

        assertThat(failures(List.of(twice))).isZero();
        assertThat(failures(
                        twice.chars().mapToObj(c -> String.valueOf((char) c)).toList()))
                .isZero();
        assertThat(headsBegun.get()).isEqualTo(4);
    }

    @Test
    void foldInAPipelinedSecondHeadIsSeen() {
        String first = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
        String second = "GET /b HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n";
        assertThat(failures(List.of(first + second))).isEqualTo(1);
    }

    @Test
    void nothingIsReadAfterARefusal() {
        String bad = "GET /a HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n";
        String good = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
        List<HttpObject> messages = decode(List.of(bad + good));
        assertThat(messages).hasSize(1);
        messages.forEach(ReferenceCountUtil::release);
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 100, 10_000})
    void tooManyFieldsAreRefusedBeforeTheyAreMade(int fields) {
        String head = "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(fields) + "\r\n";

        HttpObject refused = decode(List.of(head)).get(0);

        assertThat(refused.decoderResult().cause()).isInstanceOf(TooLongHttpHeaderException.class);
        assertThat(((HttpRequest) refused).headers()).isEmpty();
        ReferenceCountUtil.release(refused);
        assertThat(failures(head.chars().mapToObj(c -> String.valueOf((char) c)).toList()))
                .isEqualTo(1);
    }

    @Test
    void asManyFieldsAsAllowedPassInEveryPipelinedRequest() {
        String head = "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(MAX_FIELDS) + "\r\n";

        assertThat(failures(List.of(head + head))).isZero();
    }

    @Test
    void answerToHeadHasNoBodyEvenAfterA100() {
        EmbeddedChannel channel = channel();
        channel.writeInbound(utf8("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n"));
        channel.inboundMessages().forEach(ReferenceCountUtil::release);
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        DefaultFullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 3);

        channel.writeOutbound(answer);

        String sent = sent(channel);
        assertThat(sent)
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")
                .endsWith("content-length: 3\r\n\r\n");
    }

    private long failures(List<String> pieces) {
        List<HttpObject> messages = decode(pieces);
        long failed = messages.stream()
                .filter(HttpRequest.class::isInstance)
                .filter(message -> message.decoderResult().isFailure())
                .count();
        messages.forEach(ReferenceCountUtil::release);
        return failed;
    }

    private List<HttpObject> decode(List<String> pieces) {
        EmbeddedChannel channel = channel();
        pieces.forEach(piece -> channel.writeInbound(utf8(piece)));
        List<HttpObject> messages = new ArrayList<>();
        Object message;
        while ((message = channel.readInbound()) != null) {
            messages.add((HttpObject) message);
        }
        channel.finishAndReleaseAll();
        return messages;
    }

    private EmbeddedChannel channel() {
        return new EmbeddedChannel(
                new StrictHttpServerCodec(new HttpDecoderConfig(), MAX_FIELDS, headsBegun::incrementAndGet));
    }

    private static ByteBuf utf8(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder text = new StringBuilder();
        ByteBuf piece;
        while ((piece = channel.readOutbound()) != null) {
            text.append(piece.toString(StandardCharsets.ISO_8859_1));
            piece.release();
        }
        return text.toString();
    }
}
